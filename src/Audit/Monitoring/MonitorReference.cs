namespace Governance.Audit.Monitoring;

/// <summary>What windows are compared with, and what its words mean.</summary>
public sealed record MonitorReference
{
    /// <summary>The name under which scores stand among columns.</summary>
    public const string ScoreColumn = "(score)";

    /// <summary>The name under which decisions or predicted numbers stand among columns.</summary>
    public const string PredictionColumn = "(prediction)";

    /// <summary>The rows with scores, decisions and, where known, labels.</summary>
    public required MonitoredRows Rows { get; init; }

    /// <summary>The model's columns; null takes every column of the rows but <see cref="Label"/>.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>The column with the label; null where there is none.</summary>
    public string? Label { get; init; }

    /// <summary>The positive class; null for regression and for several classes.</summary>
    public string? Positive { get; init; }

    /// <summary>The outcome that a person wants; null means the positive class.</summary>
    public string? Favourable { get; init; }

    /// <summary>Whether the model predicts a number.</summary>
    public bool IsRegression { get; init; }

    /// <summary>The model, for attributions; null where it is not at hand.</summary>
    public WatchedModel? Model { get; init; }

    /// <summary>The columns that are watched where the plan names none: features that the rows have, and what the model said.</summary>
    public IReadOnlyList<string> DefaultColumns =>
    [
        .. FeatureColumns,
        .. Rows.Scores is not null ? (string[])[ScoreColumn] : [PredictionColumn],
    ];

    /// <summary>The features that the rows have.</summary>
    public IReadOnlyList<string> FeatureColumns =>
        [.. (Features ?? Rows.Table.Columns.Select(column => column.Name)).Where(name => name != Label && Rows.Table.Find(name) is not null)];
}
