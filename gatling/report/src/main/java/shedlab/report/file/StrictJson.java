package shedlab.report.file;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.ObjIntConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import shedlab.spec.SpecException;

/**
 * A record as JSON, read strictly: one object and nothing after it, each key once, no key missing,
 * unknown or null that may not be, numbers finite and, but for a few, not negative.
 */
public final class StrictJson {
  /** More bytes than any such file that is written. */
  private static final long LARGEST = 16 << 20;

  /** All that may be below zero: any seed, a difference of two clocks, the end of an interval. */
  private static final Set<String> SIGNED = Set.of("seed", "overheadSeconds", "low", "offsetNanos");

  /** What the parser tells programmers. */
  private static final String ADVICE = "(: enable `|: expected close marker| \\().*";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private final Place start;
  private final String text;
  private final ObjectNode tree;

  private StrictJson(Place start, String text) throws IOException {
    this.start = start;
    this.text = text;
    try {
      walk();
      if (!(JSON.readTree(text) instanceof ObjectNode object)) {
        throw start.broken("JSON", text.isBlank() ? "nothing" : text.strip(), "an object");
      }
      tree = object;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw at(line)
          .broken("JSON", firstLine(e.getOriginalMessage()).replaceFirst(ADVICE, ""), "one object");
    }
  }

  /**
   * Reads a file.
   *
   * @throws IOException that names the line, if it is not what it should be
   */
  public static StrictJson of(Path file) throws IOException {
    var place = new Place(file.toString(), 0);
    if (Files.size(file) > LARGEST) {
      throw place.broken("bytes", Files.size(file), LARGEST + " or fewer");
    }
    try {
      return new StrictJson(new Place(file.toString(), 1), Files.readString(file));
    } catch (CharacterCodingException e) {
      throw place.broken("text", "other bytes", "UTF-8");
    }
  }

  /** How such files are written: indented, and with LF on any system. */
  public static DefaultPrettyPrinter printer() {
    return new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
  }

  /** Reads a line of a file. */
  public static StrictJson of(Place place, String line) throws IOException {
    return new StrictJson(place, line);
  }

  /** The object, which may be changed. */
  public ObjectNode tree() {
    return tree;
  }

  /**
   * Brings the object to the newest version of its format.
   *
   * @param known the newest version
   * @param upgrade what changes an object of a version
   * @throws IOException if the version is none that is known
   */
  public StrictJson upgraded(int known, ObjIntConsumer<ObjectNode> upgrade) throws IOException {
    JsonNode version = tree.path("formatVersion");
    if (!version.isInt() || version.intValue() < 1 || version.intValue() > known) {
      throw place("formatVersion")
          .broken("formatVersion", version.isMissingNode() ? "missing" : version, "1 to " + known);
    }
    upgrade.accept(tree, version.intValue());
    return this;
  }

  /**
   * The object as a record.
   *
   * @throws IOException that names the line, if it is not of the record's shape
   */
  public <T> T as(Class<T> type) throws IOException {
    return bound(tree, type);
  }

  private <T> T bound(JsonNode node, Class<T> type) throws IOException {
    T value;
    try {
      value = JSON.treeToValue(node, type);
    } catch (JsonMappingException e) {
      throw explained(e);
    }
    String path = Shape.brokenIn(value);
    if (path != null) {
      throw place(path).broken(path, node.at("/" + path.replace('.', '/')), "a value of its type");
    }
    return value;
  }

  /**
   * The object as a map of records.
   *
   * @throws IOException that names the line, if one is not of the record's shape
   */
  public <T> Map<String, T> records(Class<T> type) throws IOException {
    Map<String, T> records = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      records.put(entry.getKey(), bound(entry.getValue(), type));
    }
    return records;
  }

  /**
   * The object as a map of texts.
   *
   * @throws IOException that names the line, if anything in it is no text
   */
  public Map<String, String> texts() throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry : tree.properties()) {
      if (!entry.getValue().isTextual()) {
        throw place(entry.getKey()).broken(entry.getKey(), entry.getValue(), "a text");
      }
      texts.put(entry.getKey(), entry.getValue().textValue());
    }
    return texts;
  }

  private IOException explained(JsonMappingException e) {
    String path =
        e.getPath().stream()
            .map(part -> part.getFieldName() == null ? "" + part.getIndex() : part.getFieldName())
            .collect(Collectors.joining("."));
    for (@Nullable Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof SpecException rule) {
        return new IOException(place(path) + ": " + firstLine(rule.getMessage()), e);
      }
    }
    if (e instanceof UnrecognizedPropertyException unknown) {
      return place(path).broken(path, "unknown", "one of " + unknown.getKnownPropertyIds());
    }
    JsonNode found = tree.at("/" + path.replace('.', '/'));
    return place(path)
        .broken(path, found.isMissingNode() ? "missing" : found, "a value of its type");
  }

  /** Where a key was; upgrades may have moved it, and names of keys hardly repeat. */
  private Place place(String path) {
    Map<String, Integer> lines = lines();
    return at(lines.getOrDefault(path, lines.getOrDefault(key(path), 1)));
  }

  /** The first line of every path and of every key. Only a message needs it. */
  private Map<String, Integer> lines() {
    Map<String, Integer> lines = new HashMap<>();
    try (JsonParser parser = JSON.createParser(text)) {
      while (parser.nextToken() != null) {
        String path = path(parser);
        lines.putIfAbsent(path, line(parser));
        lines.putIfAbsent(key(path), line(parser));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it has been read before
    }
    return lines;
  }

  private static int line(JsonParser parser) {
    return parser.currentTokenLocation().getLineNr();
  }

  private static String path(JsonParser parser) {
    String path = parser.getParsingContext().pathAsPointer().toString();
    return path.isEmpty() ? "" : path.substring(1).replace('/', '.');
  }

  private static String key(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private Place at(int line) {
    return new Place(start.file(), start.line() + line - 1);
  }

  /** Looks at every number, as it is written, and for the end. */
  private void walk() throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      boolean ended = false;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (ended) {
          throw at(line(parser)).broken("JSON", parser.getText(), "nothing after the object");
        }
        ended = token.isStructEnd() && parser.getParsingContext().inRoot();
        if (token.isNumeric()) {
          number(parser);
        }
      }
    }
  }

  private void number(JsonParser parser) throws IOException {
    String written = parser.getText();
    double value = Double.parseDouble(written);
    boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
    boolean fits = whole ? parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER : true;
    if (!fits || !Double.isFinite(value)) {
      String rule = fits ? "a finite number" : "a number of at most 18 digits";
      throw at(line(parser)).broken(path(parser), written, rule);
    }
    if (written.startsWith("-") && !SIGNED.contains(key(path(parser)))) {
      throw at(line(parser)).broken(path(parser), written, "0 or more");
    }
  }

  private static String firstLine(@Nullable String message) {
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}
