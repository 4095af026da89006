package dev.podhop.violating.engine;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** One method for each thing that {@code HouseBansTest} must find. */
class BreaksEveryBan {

    double delayMicros;

    long wallClock() {
        return System.currentTimeMillis();
    }

    LongSupplier stopwatch() {
        return System::nanoTime;
    }

    Instant instant() {
        return Instant.now();
    }

    double mathRandom() {
        return Math.random();
    }

    int random() {
        return new Random(1).nextInt();
    }

    int secureRandom() {
        return new SecureRandom().nextInt();
    }

    UUID uuid() {
        return UUID.randomUUID();
    }

    void executor() {
        Executors.newCachedThreadPool().close();
    }

    void thread() {
        new Thread(this::print).start();
    }

    long parallel() {
        return List.of(1).parallelStream().count();
    }

    long parallelStep() {
        return Stream.of(1).parallel().count();
    }

    void print() {
        System.out.println();
    }

    void stackTrace() {
        new IllegalStateException().printStackTrace();
    }

    float timeoutNanos() {
        return 0.5f;
    }
}
