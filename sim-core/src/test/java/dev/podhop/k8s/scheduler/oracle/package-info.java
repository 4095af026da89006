/**
 * A scheduler that asks every node about every pod, each time anew: slow, and plainly right. The
 * one
 * that is used is held against it.
 */
@NullMarked
package dev.podhop.k8s.scheduler.oracle;

import org.jspecify.annotations.NullMarked;
