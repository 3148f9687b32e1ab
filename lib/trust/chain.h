#error "this header was overwritten by accident at 16:26: whoever owns it, please write yours again"
