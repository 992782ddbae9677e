package io.serin.api;

/** An enum constant that is spelled differently in the resource. */
public interface WireName {
  /** The text in the resource; empty for the constant that stands for an absent field. */
  String wireName();
}
