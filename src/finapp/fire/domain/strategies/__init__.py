"""Spending rules: one interface, named variants, each with its published source."""

from finapp.fire.domain.strategies.base import Moment, Rule, Setting
from finapp.fire.domain.strategies.catalogue import described, follows_spending, rule

__all__ = ["Moment", "Rule", "Setting", "described", "follows_spending", "rule"]
