package dev.podhop.scenario;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * On a record: a value that is no mapping stands for the first component, as {@code latency: 20us}
 * does for {@code latency: {mean: 20us}}. A record with one component is never a mapping.
 *
 * <p>On a component: the keys of its record stand among those of the record around it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.RECORD_COMPONENT})
public @interface Inline {}
