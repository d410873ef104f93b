using System.Text.Json.Serialization;
using Governance.Audit.Data;
using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Explanations.Methods;
using Governance.Audit.Explanations.Paths;

namespace Governance.Audit.Explanations;

/// <summary>Attributions of a model's output to its features for a number of rows: the body of <c>governance explain</c>.</summary>
/// <remarks>
/// For each row and class, prediction = base value + Σ values in the units of <see cref="Link"/>, up to the residual.
/// Arrays by class have one entry where one class is explained; the JSON then holds the entry itself.
/// </remarks>
[JsonConverter(typeof(ExplanationReportConverter))]
public sealed record ExplanationReport
{
    /// <summary>The method's name as on the command line: exact, kernel, …</summary>
    public required string Method { get; init; }

    /// <summary>Why this method was taken, one sentence; null where it was asked for by name.</summary>
    public string? Reason { get; init; }

    /// <summary>The name of the output explained.</summary>
    public required string Output { get; init; }

    /// <summary>The column of the output explained, or null where all are.</summary>
    public int? ClassIndex { get; init; }

    /// <summary>The names of the classes explained, where known; one a class.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>"identity" or "logit".</summary>
    public required string Link { get; init; }

    /// <summary>The players, in the order of every value array.</summary>
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>The model features behind each player, where a player stands for more than its namesake; else null.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Groups { get; init; }

    /// <summary>The reference rows.</summary>
    public required BackgroundSummary Background { get; init; }

    /// <summary>Shape [classes]: the mean output over the background.</summary>
    public required IReadOnlyList<double> BaseValue { get; init; }

    /// <summary>The rows explained.</summary>
    public required IReadOnlyList<ExplainedRow> Rows { get; init; }

    /// <summary>Coalitions evaluated, summed over rows, empty and full included.</summary>
    public required long Evaluations { get; init; }

    /// <summary>Rows sent to the model.</summary>
    public required long ModelRows { get; init; }

    /// <summary>Calls to the model.</summary>
    public required long ModelCalls { get; init; }

    /// <summary>How rows came to the model and what that moved; null where nobody knows, as in reports of older builds.</summary>
    public Transport? Transport { get; init; }

    /// <summary>Whether the asked-for interval width was reached; true where none was asked for.</summary>
    public required bool Converged { get; init; }

    /// <summary>What the run was expected to cost; null where nothing was estimated. Left out of evidence.</summary>
    public RunEstimate? Estimate { get; init; }

    /// <summary>How far values that follow gradients are from adding up; null for other methods.</summary>
    public Completeness? Completeness { get; init; }

    /// <summary>
    /// What stands for unknown features: "background", "mean", "zero", "blur", "mask", "token:id", "row:i" or "own:column"; null where it goes
    /// without saying.
    /// </summary>
    public string? Reference { get; init; }

    /// <summary>The digest of all that the values depend on, lower-case hex; null where nobody asked for it.</summary>
    public string? ResultKey { get; init; }

    /// <summary>Where the values come from: "computed" or "cache"; null where there is no choice.</summary>
    public string? ResultFrom { get; init; }

    /// <summary>Wall time in seconds. Left out of evidence.</summary>
    public double? Seconds { get; init; }

    /// <summary>Where the model ran.</summary>
    public required string Provider { get; init; }

    /// <summary>The seed of everything sampled.</summary>
    public required int Seed { get; init; }

    /// <summary>What the method has to say about its values. Not part of the JSON body: they become warnings.</summary>
    public IReadOnlyList<AuditWarning> Notes { get; init; } = [];
}

/// <summary>The rows that stand for "feature not known".</summary>
/// <param name="Rows">How many.</param>
/// <param name="Sha256">Of their encoded values, lower-case hex.</param>
public sealed record BackgroundSummary(int Rows, string Sha256);

/// <summary>One row explained. Arrays are [classes] and [classes][features].</summary>
public sealed record ExplainedRow
{
    /// <summary>The row's index in the data, from 0.</summary>
    public required int Row { get; init; }

    /// <summary>The row's own class, an index into the report's base values, where rows are explained for different classes; else null.</summary>
    public int? ClassIndex { get; init; }

    /// <summary>Shape [classes]: what this row is compared with, where rows have references of their own; else null.</summary>
    public IReadOnlyList<double>? BaseValue { get; init; }

    /// <summary>The model features behind each of the row's own players, where rows have players of their own; else null. A player that the row lacks has value 0.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Groups { get; init; }

    /// <summary>Shape [classes]: the model's output in the units of the link.</summary>
    public required IReadOnlyList<double> Prediction { get; init; }

    /// <summary>Shape [classes][features].</summary>
    public required IReadOnlyList<IReadOnlyList<double>> Values { get; init; }

    /// <summary>Shape [classes][features], or null where nothing was sampled.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? StandardErrors { get; init; }

    /// <summary>Shape [classes][features][2]: 95 % interval; null where nothing was sampled or no honest one is known.</summary>
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>>? Interval { get; init; }

    /// <summary>Shape [classes]: prediction − base value − Σ values.</summary>
    public required IReadOnlyList<double> AdditivityResidual { get; init; }

    /// <summary>
    /// Shape [classes][features][features], or null where not asked for: the Shapley interaction index of order 2 in
    /// full, symmetric, 0 on the diagonal. shap's matrix holds half of it off the diagonal.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>>? Interactions { get; init; }
}
