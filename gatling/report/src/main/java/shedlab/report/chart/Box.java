package shedlab.report.chart;

/** The size of a panel, and the edges of the plot area in it. */
public record Box(
    double width, double height, double left, double top, double right, double bottom) {

  /**
   * A panel with room for ticks on the left and below, and for names on the right. The fewer panels
   * are side by side, the wider each is.
   */
  public static Box beside(int panels, double nameWidth) {
    double height = panels == 1 ? 340 : panels == 2 ? 296 : 268;
    return new Box(width(panels), height, 52, 18, right(panels, nameWidth), height - 38);
  }

  /** A panel of rows with names on the left and figures along the bottom. */
  public static Box rows(int panels, double nameWidth, double rows) {
    double width = Math.min(width(2), width(panels));
    return new Box(width, rows + 40, nameWidth, 16, width - 22, rows + 16);
  }

  /** The width of each of {@code panels} panels. */
  public static double width(int panels) {
    return panels == 1 ? 760 : panels == 2 ? 560 : 378;
  }

  private static double right(int panels, double nameWidth) {
    return width(panels) - Math.max(14, nameWidth);
  }
}
