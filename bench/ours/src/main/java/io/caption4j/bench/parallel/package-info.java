/** Training on more than one core: one model with many threads against several replicas. */
package io.caption4j.bench.parallel;
