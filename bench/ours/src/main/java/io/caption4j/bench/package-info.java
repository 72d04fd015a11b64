/** Our side of the comparisons with Python, and JMH benchmarks of the hot loops. */
package io.caption4j.bench;
