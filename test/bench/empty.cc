// The floor: what a static C++ program costs that does nothing.
int main() {}
