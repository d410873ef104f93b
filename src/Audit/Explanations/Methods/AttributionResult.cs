using Governance.Audit.Data;
using Governance.Audit.Explanations.Paths;

namespace Governance.Audit.Explanations.Methods;

/// <summary>What a method found out about the rows of a task.</summary>
public sealed record AttributionResult
{
    /// <summary>One entry a row of the task, in its order; made by <see cref="RowAttribution"/>.</summary>
    public required ExplainedRow[] Rows { get; init; }

    /// <summary>
    /// Shape [outputs], in the units of the link: the value that predictions are compared with. Mostly
    /// <see cref="AttributionTask.BaseValue"/>; methods that evaluate the model natively give their own.
    /// </summary>
    public required double[] BaseValue { get; init; }

    /// <summary>Coalitions evaluated, summed over rows, empty and full included; 0 for methods without coalitions.</summary>
    public required long Evaluations { get; init; }

    /// <summary>Whether the interval width asked for was reached; true where none was asked for.</summary>
    public bool Converged { get; init; } = true;

    /// <summary>How far values that follow gradients are from adding up; null for other methods.</summary>
    public Completeness? Completeness { get; init; }

    /// <summary>What a reader of the values must know, such as that they were sampled or where covers came from.</summary>
    public IReadOnlyList<AuditWarning> Notes { get; init; } = [];
}
