/** The command line: one class a command. */
package io.caption4j.cli;
