/**
 * Readers of encoded pictures: what their headers claim, and their pixels as 8-bit RGB. All of it
 * is Java, but for the JDK's own JPEG decoder and colour management.
 */
package io.caption4j.image;
