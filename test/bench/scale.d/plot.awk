# Two plots side by side, both with logarithmic axes: instructions of a call by the number of rules, and by the length of the command.
function log10(v) { return log(v) / log(10) }
function x_of(v) { return left + (log10(v) - x0) * width / (x1 - x0) }
function y_of(v) { return bottom - (log10(v) - 5) * 200 / 3 }
function text(x, y, anchor, s) { printf "<text x=\"%.0f\" y=\"%.0f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, s }
function label(v) { return v >= 1e6 ? v / 1e6 "M" : v >= 1000 ? v / 1000 "k" : v }
function plot(n, xs, ys, title, from, to,   i, v) {
  x0 = from; x1 = to
  for (v = 5; v <= 8; v++) {
    printf "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#ddd\"/>\n", left, left + width, y_of(10 ^ v), y_of(10 ^ v)
    text(left - 6, y_of(10 ^ v) + 4, "end", label(10 ^ v))
  }
  for (v = from; v <= to; v++) text(x_of(10 ^ v), bottom + 16, "middle", label(10 ^ v))
  text(left + width / 2, bottom + 36, "middle", title)
  printf "<polyline fill=\"none\" stroke=\"#2563eb\" stroke-width=\"2\" points=\""
  for (i = 1; i <= n; i++) printf "%.1f,%.1f ", x_of(xs[i]), y_of(ys[i])
  print "\"/>"
  for (i = 1; i <= n; i++) printf "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"#2563eb\"/>\n", x_of(xs[i]), y_of(ys[i])
}
FNR == NR { if ($1 > 0) { rules[++r] = $1; by_rules[r] = $2 } else base = $2; next }
{ bytes[++b] = $1; by_bytes[b] = $2 }
END {
  bottom = 240; width = 280
  print "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"760\" height=\"290\" font-family=\"sans-serif\" font-size=\"12\">"
  print "<rect width=\"760\" height=\"290\" fill=\"white\"/>"
  text(10, 22, "start", "instructions of one call, user space")
  left = 60
  plot(r, rules, by_rules, "rules above the shipped packs", 2, 5)
  printf "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#999\" stroke-dasharray=\"4\"/>\n", left, left + width, y_of(base), y_of(base)
  text(left + width, y_of(base) + 14, "end", "shipped packs alone")
  left = 440
  plot(b, bytes, by_bytes, "bytes of the command", 2, 7)
  print "</svg>"
}
