namespace Governance.Audit.Explanations;

/// <summary>Which group each row and each background row belongs to, by number; every row's group has background rows.</summary>
/// <param name="Rows">One a row.</param>
/// <param name="Background">One a background row.</param>
public sealed record OwnGroups(IReadOnlyList<int> Rows, IReadOnlyList<int> Background);
