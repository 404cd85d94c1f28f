"""The loss that the encoder is trained with, as sentence-transformers' trainer takes it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from torch import Tensor, nn


class SimilarityLoss(nn.Module):  # type: ignore[misc]
    """1 minus Pearson's correlation of cosines and scores, and some multiple negatives ranking.

    Correlation is what STS measures, and needs no agreement on which cosine a score of 3 should have.
    Contradictions are the hard negatives of the ranking (Gao et al. 2021,
    https://aclanthology.org/2021.emnlp-main.552).

    Parameters
    ----------
    model
        Columns of a batch: two sentences with a score, then a triplet of premise, entailment, contradiction.
    nli
        Weight of the ranking.
    anchor
        Weight of the squares of what the weights of single morphemes move by.
    """

    def __init__(self, model: SentenceTransformer, nli: float, anchor: float) -> None:
        super().__init__()
        self.model, self.nli, self.anchor = model, nli, anchor
        self.start = model[0].log_weights.detach().clone()
        self.ranking = MultipleNegativesRankingLoss(model)

    def forward(self, sentence_features: Iterable[dict[str, Tensor]], labels: Tensor) -> Tensor:
        """Loss of a batch."""
        left, right, *triplet = sentence_features
        one, other = (self.model(features)["sentence_embedding"] for features in (left, right))
        loss = 1 - _pearson((one * other).sum(dim=1), labels)
        if self.nli:
            loss = loss + self.nli * self.ranking(triplet, labels)
        return loss + self.anchor * (self.model[0].log_weights - self.start).square().sum()

    def get_config_dict(self) -> dict[str, Any]:
        """For the log of the trainer."""
        return {"nli": self.nli, "anchor": self.anchor}


def _pearson(x: Tensor, y: Tensor) -> Tensor:
    x, y = x - x.mean(), y - y.mean()
    return (x * y).sum() / (x.norm() * y.norm()).clamp_min(1e-8)
