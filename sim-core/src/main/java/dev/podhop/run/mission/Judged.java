package dev.podhop.run.mission;

/**
 * A file that was judged.
 *
 * @param student empty where the file does not say
 */
public record Judged(String file, String student, Judgement judgement) {}
