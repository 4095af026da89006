package dev.podhop.cli;

/**
 * What a command still says when somebody ends it, with Ctrl-C for one: the JVM then exits with 128
 * and the signal's number, 130, as shells do.
 */
final class Interruption implements AutoCloseable {

    private final Thread hook;

    Interruption(Runnable lastWords) {
        this.hook = new Thread(lastWords, "podhop-last-words");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The command came to its end by itself. Does not return when the process is ending. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            awaitTheEnd();
        }
    }

    private void awaitTheEnd() {
        while (true) {
            try {
                hook.join();
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException nothingElseToDo) {
                Thread.onSpinWait();
            }
        }
    }
}
