package shedlab.spec;

/** A value that a profile gives to a parameter. */
public record Setting<T>(Parameter<T> parameter, T value) {
  /** True if it is the parameter's default. */
  public boolean isDefault() {
    return value.equals(parameter.defaultValue());
  }

  /** As in a spec: {@code key=value}. */
  @Override
  public String toString() {
    return parameter.key() + "=" + parameter.writer().apply(value);
  }

  /** Read back from its text, so that it keeps the parameter's rule like any other. */
  T checked() {
    return parameter.read(parameter.writer().apply(value));
  }
}
