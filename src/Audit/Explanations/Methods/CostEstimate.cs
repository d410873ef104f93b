namespace Governance.Audit.Explanations.Methods;

/// <summary>What a run is expected to cost, before it.</summary>
/// <param name="ModelRows">Rows that will be sent to the model, base value and predictions included.</param>
/// <param name="Seconds">Wall time on the task's threads, above 0.</param>
public sealed record CostEstimate(long ModelRows, double Seconds);
