package dev.podhop.scenario;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One key of the Scenario document, on the record component that holds it. The reader, the JSON
 * Schema and the reference page are all made from it.
 *
 * <p>A key is spelt as its component, without the unit ({@code delayNanos} is the key
 * {@code delay}). Exactly one of {@link #required}, {@link #byDefault} and {@link #otherwise} is
 * given.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Key {

    /** What it says, in one sentence. */
    String value();

    /** The spelling, where the component's name cannot have it. */
    String name() default "";

    /** The value that an absent key has, as it would stand in the file. */
    String byDefault() default "";

    /** What holds where the key is absent and no single value says it. */
    String otherwise() default "";

    /** Whether the key must be there. */
    boolean required() default false;

    /** Smallest value of a number. */
    long min() default 0;

    /** Largest value of a number. */
    long max() default Long.MAX_VALUE;

    /** Whether a list may also be written as one text with commas. */
    boolean commas() default false;
}
