package io.serin.api;

/** How a {@link LabelExpression} compares. */
public enum LabelOperator implements WireName {
  IN("In"),
  NOT_IN("NotIn"),
  EXISTS("Exists"),
  DOES_NOT_EXIST("DoesNotExist");

  private final String wireName;

  LabelOperator(String wireName) {
    this.wireName = wireName;
  }

  @Override
  public String wireName() {
    return wireName;
  }
}
