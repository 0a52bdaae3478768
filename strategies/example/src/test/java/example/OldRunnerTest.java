package example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a runner that does not know JUnit 5 does with a test that extends the kit: it looks for
 * public methods whose names begin with {@code test}, in classes with a public constructor.
 */
class OldRunnerTest {
  @ParameterizedTest
  @ValueSource(classes = {DoublingLimitTest.class, PolicerKitTest.class, BacklogKitTest.class})
  void findsOneTestAndThatFails(Class<?> kit) throws Exception {
    Object test = kit.getConstructor().newInstance();
    List<Method> found =
        Stream.of(kit.getMethods())
            .filter(method -> method.getName().startsWith("test"))
            .filter(method -> method.getParameterCount() == 0)
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .toList();

    assertThat(found).hasSize(1);
    assertThatThrownBy(() -> found.get(0).invoke(test))
        .hasCauseInstanceOf(AssertionError.class)
        .cause()
        .hasMessageContaining("JUnit 5");
  }
}
