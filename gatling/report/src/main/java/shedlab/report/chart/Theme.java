package shedlab.report.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The colours of the light and the dark theme. Series colours are Okabe and Ito's, which
 * colour-blind people can tell apart, darkened or lightened where the background requires it.
 */
public enum Theme {
  LIGHT(
      "#ffffff #f6f7f9 #191c20 #59616c #e2e5e9 #9aa2ad #f4f1ea",
      "#191c20 #0072b2 #d55e00 #009e73 #b8548f #c07f00 #2f93cc #857900 #6a51a3 #8c5a3c",
      "#0b7f5f #e69f00 #b4d5ea #cc79a7 #d55e00 #3c424a",
      0xf3f6f8,
      0x00568a),
  DARK(
      "#121519 #191d22 #e9ebee #a2abb6 #2b3138 #6c7580 #1d1f21",
      "#f0f2f4 #4ba3e3 #f0803c #2fc79b #e29bc4 #f2b632 #8fd0f5 #f0e442 #b7a5f2 #d0a384",
      "#23a67f #e0a021 #3f637c #c77aa5 #e0702f #aab2bc",
      0x1a2027,
      0x4ba3e3);

  private static final List<String> SURFACES =
      List.of("bg", "panel", "ink", "soft", "rule", "axis", "overload");
  private static final List<String> OUTCOMES =
      List.of("good", "late", "shed", "other", "timeout", "transport");
  private static final int HEAT_STEPS = 11;

  private final String surfaces;
  private final String series;
  private final String outcomes;
  private final int coldest;
  private final int hottest;

  Theme(String surfaces, String series, String outcomes, int coldest, int hottest) {
    this.surfaces = surfaces;
    this.series = series;
    this.outcomes = outcomes;
    this.coldest = coldest;
    this.hottest = hottest;
  }

  /** Name to colour. */
  public Map<String, String> colours() {
    var colours = new LinkedHashMap<String, String>();
    name(colours, SURFACES, surfaces);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < Look.COLOURS; i++) {
      lines.add("s" + i);
    }
    name(colours, lines, series);
    name(colours, OUTCOMES, outcomes);
    for (int step = 0; step < HEAT_STEPS; step++) {
      double share = (double) step / (HEAT_STEPS - 1);
      int red = mix(coldest >> 16, hottest >> 16, share);
      int green = mix(coldest >> 8, hottest >> 8, share);
      int blue = mix(coldest, hottest, share);
      colours.put("h" + step, "#" + hex(red) + hex(green) + hex(blue));
      // Black or white, whichever has more contrast: luminance 0.18 is the perceived middle.
      double luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
      colours.put("t" + step, luminance > 0.18 ? "#000000" : "#ffffff");
    }
    return colours;
  }

  /** Declarations of all colours as CSS variables. */
  public String variables() {
    var css = new StringBuilder();
    colours()
        .forEach((name, hex) -> css.append("--").append(name).append(':').append(hex).append(';'));
    return css.toString();
  }

  /** The charts' style sheet with the colours written out, for viewers that know no variables. */
  public String chartCss() {
    return written(sheet());
  }

  /** The same for the tiles of a heat map and the text on them, which few charts have. */
  String tileCss() {
    return written(tiles() + onTiles());
  }

  private String written(String css) {
    String text = css;
    for (Map.Entry<String, String> colour : colours().entrySet()) {
      text = text.replace("var(--" + colour.getKey() + ")", colour.getValue());
    }
    return text;
  }

  /** The charts' style sheet in terms of variables. */
  private static String sheet() {
    return resource("chart.css") + seriesCss();
  }

  /** The style sheet of the page's charts, in terms of variables. */
  public static String pageCss() {
    return sheet() + heatCss();
  }

  private static String seriesCss() {
    var css = new StringBuilder();
    for (int i = 0; i < Look.COLOURS; i++) {
      css.append(".s" + i + "{stroke:var(--s" + i + ")}.f" + i + "{fill:var(--s" + i + ")}\n");
    }
    for (String outcome : OUTCOMES) {
      css.append(
          ".o-"
              + outcome
              + "{fill:var(--"
              + outcome
              + ")}.l-"
              + outcome
              + "{stroke:var(--"
              + outcome
              + ")}\n");
    }
    return css.toString();
  }

  /** The step of a heat map, from 0 for nothing. */
  public static long step(double share) {
    return Math.round(Math.max(0, Math.min(1, share)) * (HEAT_STEPS - 1));
  }

  /** The class of a heat map's cell. */
  public static String heat(double share) {
    return "heat h" + step(share);
  }

  /** The rules of the heat map's classes. */
  private static String heatCss() {
    var css = new StringBuilder();
    for (int i = 0; i < HEAT_STEPS; i++) {
      css.append(".h" + i + "{background:var(--h" + i + ");color:var(--t" + i + ")}\n");
      css.append(tile(i));
    }
    return css.toString();
  }

  private static String tile(int step) {
    return ".c" + step + "{fill:var(--h" + step + ")}\n";
  }

  private static String tiles() {
    var css = new StringBuilder();
    for (int i = 0; i < HEAT_STEPS; i++) {
      css.append(tile(i));
    }
    return css.toString();
  }

  /** The rules of text on a heat map's tiles: black or white. */
  public static String onTiles() {
    var css = new StringBuilder();
    for (int i = 0; i < HEAT_STEPS; i++) {
      css.append(".chart .on" + i + "{fill:var(--t" + i + ")}\n");
    }
    return css.toString();
  }

  /** A text next to this class, or anywhere on the class path. */
  public static String resource(String name) {
    try (InputStream in = Theme.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource: " + name + " (expected: in the jar)");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void name(Map<String, String> colours, List<String> names, String hex) {
    String[] values = hex.split(" ", -1);
    for (int i = 0; i < names.size(); i++) {
      colours.put(names.get(i), values[i]);
    }
  }

  private static int mix(int from, int to, double share) {
    return (int) Math.round((from & 0xff) * (1 - share) + (to & 0xff) * share);
  }

  private static double linear(int channel) {
    return Math.pow(channel / 255.0, 2.2);
  }

  private static String hex(int value) {
    return (value < 16 ? "0" : "") + Integer.toHexString(value);
  }
}
