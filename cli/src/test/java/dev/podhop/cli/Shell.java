package dev.podhop.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs commands in this process, as a user would in a shell. */
record Shell(int code, String out, String err) {

    static Shell run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Main.execute(args, new PrintWriter(out), new PrintWriter(err));
        return new Shell(code, out.toString(), err.toString());
    }

    /** A file of the test's resources. */
    static String file(String name) {
        return "src/test/resources/" + name;
    }
}
