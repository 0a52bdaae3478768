package shedlab.report.chart;

/** The shape at a point of a line. */
public enum Marker {
  CIRCLE,
  SQUARE,
  TRIANGLE,
  DIAMOND,
  NABLA,
  CROSS;

  /** A filled shape around a point, of about the same area for all. */
  public String at(double x, double y, double size) {
    return switch (this) {
      case CIRCLE -> move(x - size, y) + arc(size, 2 * size) + arc(size, -2 * size) + "Z";
      case SQUARE -> polygon(x, y, size * 0.9, "-1 -1 1 -1 1 1 -1 1");
      case TRIANGLE -> polygon(x, y, size * 1.2, "0 -1 1 0.8 -1 0.8");
      case DIAMOND -> polygon(x, y, size * 1.25, "0 -1 1 0 0 1 -1 0");
      case NABLA -> polygon(x, y, size * 1.2, "0 1 1 -0.8 -1 -0.8");
      case CROSS ->
          polygon(
              x,
              y,
              size * 1.2,
              "-1 -0.35 -0.35 -0.35 -0.35 -1 0.35 -1 0.35 -0.35 1 -0.35 1 0.35 0.35 0.35"
                  + " 0.35 1 -0.35 1 -0.35 0.35 -1 0.35");
    };
  }

  private static String polygon(double x, double y, double size, String corners) {
    String[] numbers = corners.split(" ", -1);
    var d = new StringBuilder();
    for (int i = 0; i < numbers.length; i += 2) {
      d.append(i == 0 ? "M" : "L");
      d.append(Svg.n(x + size * Double.parseDouble(numbers[i]))).append(' ');
      d.append(Svg.n(y + size * Double.parseDouble(numbers[i + 1])));
    }
    return d.append('Z').toString();
  }

  private static String move(double x, double y) {
    return "M" + Svg.n(x) + " " + Svg.n(y);
  }

  private static String arc(double radius, double dx) {
    return "a" + Svg.n(radius) + " " + Svg.n(radius) + " 0 1 0 " + Svg.n(dx) + " 0";
  }
}
