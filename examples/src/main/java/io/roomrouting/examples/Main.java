package io.roomrouting.examples;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The entry point of the runnable jar. */
@Command(name = "routing-examples", mixinStandardHelpOptions = true, description = "Room Routing's bundled servers.")
public final class Main {

    private Main() {}

    /**
     * Runs the command line.
     *
     * @param args the arguments
     */
    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
