using Governance.Audit.Answers.Policy;

namespace Governance.Audit.Answers;

/// <summary>What was computed for one row, before anything is held back.</summary>
/// <param name="Prediction">What the model says.</param>
/// <param name="Score">What detectors look at: the positive class's probability, of several classes the gap of the two largest; NaN without.</param>
/// <param name="Features">Names of the players of an explanation; null without one.</param>
/// <param name="Values">Their attributions.</param>
/// <param name="BaseValue">What they start from.</param>
/// <param name="Other">The row that is answered otherwise, all its cells open; null without one.</param>
internal sealed record ComputedRow(
    RowPrediction Prediction, double Score, IReadOnlyList<string>? Features, IReadOnlyList<double>? Values, double? BaseValue, FoundRow? Other);
