using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Fairness;
using Governance.Audit.Performance;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Models;

namespace Governance.Portal.Features.Fairness;

/// <summary>The model behind the decisions that a command line names: it decides rows, and decides them again with a protected column changed.</summary>
internal sealed class FairnessModel : IDisposable
{
    private const string PredictionColumn = "(prediction)";
    private const string ScoreColumn = "(score)";

    private readonly ModelRun run;
    private readonly RowEncoder encoder;
    private readonly DecisionRule rule;

    private FairnessModel(ModelRun run, RowEncoder encoder, DecisionRule rule)
    {
        this.run = run;
        this.encoder = encoder;
        this.rule = rule;
    }

    /// <summary>Loads the model.</summary>
    /// <exception cref="InputException">It cannot be read, or does not fit the data.</exception>
    public static async Task<FairnessModel> LoadAsync(
        CommandContext context, string path, Table table, DecisionColumns columns, CancellationToken cancellationToken)
    {
        ModelRun run = await ModelRun.LoadAsync(context, path, cancellationToken);
        try
        {
            string?[] notRead = [columns.Label, columns.Prediction, columns.Score, columns.Weight];
            IReadOnlyList<string>? features = run.Encoding is null
                ? [.. table.Columns.Select(column => column.Name).Where(name => !notRead.Contains(name))] : null;
            DecisionRule rule = new(run.Predictor.Signature, run.Encoding, columns.Positive, columns.Prediction is null ? columns.Threshold : null);
            return new FairnessModel(run, RowEncoder.For(run.Predictor.Signature, run.Encoding, table, features), rule);
        }
        catch
        {
            run.Dispose();
            throw;
        }
    }

    /// <summary>The data with the model's predictions, and the columns they stand in; unchanged where the command line names predictions of its own.</summary>
    /// <exception cref="InputException">Data and model do not fit each other.</exception>
    public (Table Table, DecisionColumns Columns) Predict(Table table, DecisionColumns columns, CancellationToken cancellationToken)
    {
        DecisionColumns named = columns with
        {
            Positive = rule.IsRegression ? null : columns.Positive ?? (rule.Classes is { Count: > 2 } ? null : rule.Positive),
            Favourable = rule.IsRegression ? null : columns.Favourable ?? (rule.Classes is { Count: > 2 } ? null : rule.Favourable),
        };
        if (columns.Prediction is not null || columns.Score is not null)
        {
            return (table, named);
        }

        Decisions decisions = Decide(table, cancellationToken);
        List<Column> all = [.. table.Columns];
        all.Add(decisions.Values is double[] values
            ? new NumberColumn(PredictionColumn, values) : TextColumn.Of(PredictionColumn, decisions.Predicted!));
        if (decisions.Scores is double[] scores)
        {
            all.Add(new NumberColumn(ScoreColumn, scores));
        }

        return (new Table(all), named with
        {
            Prediction = PredictionColumn,
            Score = decisions.Scores is null ? null : ScoreColumn,
            Threshold = null,
        });
    }

    /// <summary>The report with what happens to decisions when each protected column is changed.</summary>
    public FairnessReport WithFlips(FairnessReport report, Table table, FairnessOptions options, CancellationToken cancellationToken) => report with
    {
        Attributes = [.. report.Attributes.Select(attribute => !options.Protected.Contains(attribute.Attribute) ? attribute : attribute with
        {
            Flips = MeasureFlips.Run(
                table, attribute.Attribute, [.. encoder.Columns], rows => Decide(rows, cancellationToken),
                report.Favourable.Length > 0 ? report.Favourable : rule.Favourable ?? "", options, cancellationToken),
        })],
    };

    public void Dispose() => run.Dispose();

    private Decisions Decide(Table rows, CancellationToken cancellationToken) =>
        rule.Decide(run.Predictor.Predict(encoder.Encode(rows), cancellationToken));
}
