using Governance.Audit.Data;
using Governance.Audit.Performance;

namespace Governance.Audit.Fairness;

/// <summary>Reads what each kind of task is measured from.</summary>
internal static class ReadMeasuredRows
{
    /// <summary>Reads the columns. Rows without a prediction are left out, with a warning.</summary>
    /// <exception cref="InputException">A column is missing or cannot serve, or a class does not occur.</exception>
    public static (Table Table, MeasuredRows Rows) From(Table table, DecisionColumns columns, FairnessTask task, Action<AuditWarning> warn)
    {
        switch (task)
        {
            case FairnessTask.Multiclass:
                return Multiclass(table, columns, warn);
            case FairnessTask.Regression:
                (Table numbers, NumberPredictions data) = ReadPredictions.Regression(table, Performance(columns), warn);
                return (numbers, new RegressionRows(data.Truth, data.Predicted, data.Weight));
            case FairnessTask.Score:
                // Decisions at 0 are read and thrown away: a score alone has none.
                DecisionTable scored = ReadDecisions.From(table, columns with
                {
                    Prediction = null,
                    Score = columns.Score ?? throw new InputException("A score task needs a score column."),
                    Threshold = columns.Threshold ?? 0,
                }, warn);
                return (scored.Table, new BinaryRows(scored.Decisions, false));
            default:
                DecisionTable read = ReadDecisions.From(table, columns, warn);
                return (read.Table, new BinaryRows(read.Decisions, true));
        }
    }

    private static (Table Table, MeasuredRows Rows) Multiclass(Table table, DecisionColumns columns, Action<AuditWarning> warn)
    {
        (Table kept, ClassPredictions data) = ReadPredictions.Multiclass(table, Performance(columns), warn);
        return columns.Favourable is null || data.Classes.Contains(columns.Favourable)
            ? (kept, new MulticlassRows(data, columns.Favourable))
            : throw new InputException(
                $"The favourable outcome '{columns.Favourable}' does not occur ({string.Join(", ", data.Classes.Take(8).Select(name => $"'{name}'"))}).")
            {
                Column = columns.Label,
            };
    }

    private static PerformanceOptions Performance(DecisionColumns columns) => new()
    {
        Label = columns.Label,
        Prediction = columns.Prediction ?? throw new InputException("This task needs a prediction column."),
        Weight = columns.Weight,
    };
}
