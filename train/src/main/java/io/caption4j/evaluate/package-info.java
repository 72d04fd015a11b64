/**
 * Caption metrics after the coco-caption protocol, and the evaluation of models.
 *
 * <p>The numbers are those of <a href="https://github.com/tylin/coco-caption">coco-caption</a> and
 * its Python 3 port pycocoevalcap, whose code differs in places from the papers; docs/metrics.md
 * says where. {@link io.caption4j.evaluate.Bleu}, {@link io.caption4j.evaluate.RougeL} and {@link
 * io.caption4j.evaluate.CiderD} work on tokens, and so does {@link io.caption4j.evaluate.Meteor},
 * which runs a program that the user brings; {@link io.caption4j.evaluate.Evaluator} puts them
 * together; {@link io.caption4j.evaluate.DatasetEvaluator} starts from raw captions of a data set.
 */
package io.caption4j.evaluate;
