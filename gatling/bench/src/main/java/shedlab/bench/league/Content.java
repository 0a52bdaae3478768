package shedlab.bench.league;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import shedlab.simulation.Simulation;
import shedlab.spec.Definition;
import shedlab.strategy.Strategies;
import shedlab.strategy.Strategy;

/**
 * A digest of everything that a score follows from: the texts of strategy and situation, and the
 * code of the strategy's pieces and of the simulator, as the compiler made it. Another version of
 * the compiler may make other code; then everything is simulated again.
 */
final class Content {
  /** Names of our classes in the code of others. The registry names all, and decides nothing. */
  private static final Pattern CLASS =
      Pattern.compile("shedlab/(?!strategy/|spec/)[a-z/]+/[A-Z][A-Za-z0-9$]*");

  private static final int LENGTH = 16;

  private final Strategies strategies = Strategies.installed();
  private final Map<Class<?>, String> ofRoot = new ConcurrentHashMap<>();
  private final Map<String, String> ofPiece = new ConcurrentHashMap<>();

  /** Of a strategy in a situation, which a {@link Match} plays. */
  String of(Strategy strategy, Situation situation) {
    return of(strategy, situation, Match.class);
  }

  /** Of several, one strategy for each situation. */
  String of(List<Strategy> strategies, List<Situation> situations) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < strategies.size(); i++) {
      all.append(of(strategies.get(i), situations.get(i))).append('\n');
    }
    return digest(all);
  }

  /** Of a strategy in a situation, which this class plays. */
  String of(Strategy strategy, Situation situation, Class<?> player) {
    StringBuilder all = new StringBuilder();
    all.append(strategy).append('\n').append(situation.name()).append('\n');
    all.append(situation.text()).append('\n').append(code(Simulation.class)).append(code(player));
    for (String piece : strategy.toString().split("\\+", -1)) {
      all.append(ofPiece.computeIfAbsent(piece, this::piece));
    }
    return digest(all);
  }

  /** The digests of all that may be meant by the text of a piece, a line each. */
  private String piece(String text) {
    int colon = text.indexOf(':');
    String name = colon < 0 ? text : text.substring(0, colon);
    String arguments = colon < 0 ? "" : text.substring(colon + 1);
    return definitions()
        .filter(definition -> definition.name().equals(name))
        .map(definition -> "\n" + code(piece(definition, arguments)))
        .collect(joining());
  }

  private Stream<Definition<?>> definitions() {
    return Stream.of(
            strategies.policers(), strategies.limits(), strategies.backlogs(), strategies.wholes())
        .flatMap(family -> family.stream());
  }

  private static Class<?> piece(Definition<?> definition, String arguments) {
    Object piece = definition.make(definition.parse(arguments));
    return piece.getClass();
  }

  /** The digest of a class and of all of ours that its code names, and so on. */
  private String code(Class<?> root) {
    return ofRoot.computeIfAbsent(root, Content::closure);
  }

  private static String closure(Class<?> root) {
    Map<String, String> digests = new TreeMap<>();
    ArrayDeque<String> open = new ArrayDeque<>();
    open.add(root.getName().replace('.', '/'));
    while (!open.isEmpty()) {
      String name = open.remove();
      byte[] code = digests.containsKey(name) ? new byte[0] : bytes(root.getClassLoader(), name);
      if (code.length > 0) {
        digests.put(name, hex(code));
        Matcher named = CLASS.matcher(new String(code, StandardCharsets.ISO_8859_1));
        while (named.find()) {
          open.add(named.group());
        }
      }
    }
    return digest(digests.toString());
  }

  /** Nothing if there is no such class: then the name was part of a text. */
  private static byte[] bytes(ClassLoader loader, String name) {
    try (InputStream in = loader.getResourceAsStream(name + ".class")) {
      return in == null ? new byte[0] : in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of a text. */
  static String digest(CharSequence text) {
    return hex(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static String hex(byte[] of) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(of);
      return HexFormat.of().formatHex(digest).substring(0, LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
