using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Slices;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Profiles;

namespace Governance.Portal.Features.Slices;

/// <summary><c>governance slices</c>: parts of the data in which predictions are worse, confirmed on rows not looked at.</summary>
internal static class SlicesCommand
{
    private static readonly Argument<string> Data = new("F") { Description = "Rows with predictions and what was true." };
    private static readonly Option<string?> Label = new("--label") { Description = "The column with what was true; with --model the encoding's by default.", HelpName = "Y" };
    private static readonly Option<string?> Prediction = new("--prediction") { Description = "The column with the predicted class or value.", HelpName = "P" };
    private static readonly Option<string?> Score = new("--score") { Description = "The column with the positive class's score.", HelpName = "S" };
    private static readonly Option<double?> Threshold = NumberOption.Optional("--threshold", "The score from which on (inclusive) the positive class is predicted.", "T");
    private static readonly Option<string?> Model = new("--model") { Description = "An ONNX file that predicts the rows, instead of columns with predictions.", HelpName = "M" };
    private static readonly Option<string?> Positive = new("--positive") { Description = "The positive class; 1, true or yes by default.", HelpName = "V" };
    private static readonly Option<string?> Weight = new("--weight") { Description = "The column with the rows' weights.", HelpName = "W" };
    private static readonly Option<string?> Metric = new("--metric") { Description = $"What is worse: {string.Join(", ", SliceMetrics.Names)}.", HelpName = "M" };
    private static readonly Option<string?> Columns = new("--columns") { Description = "The columns that conditions may name; all others by default.", HelpName = "a,b" };
    private static readonly Option<int> Depth = new("--depth") { Description = "Conditions of a slice at most, 1 to 3.", DefaultValueFactory = _ => 3, HelpName = "N" };
    private static readonly Option<int> MinRows = new("--min-rows") { Description = "Rows of a slice at least.", DefaultValueFactory = _ => 50, HelpName = "N" };
    private static readonly Option<int> Top = new("--top") { Description = "Slices carried over to the held-out rows at most.", DefaultValueFactory = _ => 20, HelpName = "N" };
    private static readonly Option<string> Method = new("--method") { Description = "How slices are searched for.", DefaultValueFactory = _ => "both" };
    private static readonly Option<double> Discovery = NumberOption.WithDefault("--discovery", "The share of rows that slices are searched on; the others confirm them.", 0.5);
    private static readonly Option<int> Beam = new("--beam") { Description = "Slices refined further at each step.", DefaultValueFactory = _ => 150, HelpName = "N" };
    private static readonly Option<int> Parts = new("--parts") { Description = "Parts that a column of numbers is cut into at most.", DefaultValueFactory = _ => 10, HelpName = "N" };
    private static readonly Option<double> Overlap = NumberOption.WithDefault("--overlap", "Slices that share this much of their rows (Jaccard) are one.", 0.8);
    private static readonly Option<double> Alpha = NumberOption.WithDefault("--alpha", "A slice is confirmed where its adjusted p value is at most this.", 0.05);
    private static readonly Option<double> Level = NumberOption.WithDefault("--level", "The level of intervals.", 0.95);

    static SlicesCommand() => Method.AcceptOnlyFromAmong("both", "beam", "tree");

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "slices", "Find parts of the data in which predictions are worse, and confirm them on rows not looked at.", RunAsync,
        Data, Label, Prediction, Score, Threshold, Model, Positive, Weight, Metric, Columns, Depth, MinRows, Top, Method, Discovery, Beam, Parts,
        Overlap, Alpha, Level);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        SliceMetric? metric = context.Arguments.GetValue(Metric) is string name ? SliceMetrics.Read(name) : null;
        Table table = await DataFile.ReadAsync(context, context.Arguments.GetValue(Data)!, cancellationToken);
        (Table rows, SliceRows measured) = context.Arguments.GetValue(Model) is string model
            ? await ScoredAsync(context, model, table, metric, cancellationToken)
            : Predicted(context, table, metric);
        SlicesReport report = await Task.Run(() => FindSlices.Run(rows, measured, Options(context), null, cancellationToken), cancellationToken);
        SlicesTable.Write(context.People, report);
        await context.WriteJsonAsync(report, cancellationToken);
        return 0;
    }

    private static (Table Table, SliceRows Rows) Predicted(CommandContext context, Table table, SliceMetric? metric) => ReadSliceRows.Of(
        table,
        new SliceColumns
        {
            Label = context.Arguments.GetValue(Label) ?? throw new InputException("Which column holds what was true? Name it with --label."),
            Prediction = context.Arguments.GetValue(Prediction),
            Score = context.Arguments.GetValue(Score),
            Threshold = context.Arguments.GetValue(Threshold),
            Positive = context.Arguments.GetValue(Positive),
            Weight = context.Arguments.GetValue(Weight),
            Metric = metric,
        },
        context.Warn);

    private static async Task<(Table Table, SliceRows Rows)> ScoredAsync(
        CommandContext context, string model, Table table, SliceMetric? metric, CancellationToken cancellationToken)
    {
        if (context.Arguments.GetValue(Prediction) is not null || context.Arguments.GetValue(Score) is not null)
        {
            throw new InputException("Give --model, or columns with predictions, not both.");
        }

        using ModelRun run = await ModelRun.LoadAsync(context, model, cancellationToken);
        string label = context.Arguments.GetValue(Label) ?? run.Encoding?.Label?.Column
            ?? throw new InputException("Which column holds what was true? Name it with --label.");
        string? weight = context.Arguments.GetValue(Weight);
        table = KnownLabels.Take(table, label, context.Warn);
        string[] others = [label, .. weight is null ? Array.Empty<string>() : [weight]];
        RowEncoder encoder = RowEncoder.For(
            run.Predictor.Signature, run.Encoding, table,
            run.Encoding is null ? [.. table.Columns.Select(column => column.Name).Except(others)] : null);
        DecisionRule rule = new(run.Predictor.Signature, encoder.Encoding, context.Arguments.GetValue(Positive), context.Arguments.GetValue(Threshold));
        await FirstRow.TryAsync(context, token => run.Predictor.Predict(encoder.Encode(table.Head(1)), token), cancellationToken);
        double[]? weights = weight is null ? null : RowWeights.Read(table, weight);
        SliceRows rows = await Task.Run(
            () => ScoreSliceRows.Run(run.Predictor, rule, encoder, table, label, metric, weights, cancellationToken), cancellationToken);
        foreach (AuditWarning warning in run.Predictor.Warnings)
        {
            context.Warn(warning);
        }

        return (table, rows with { Used = others });
    }

    private static SliceOptions Options(CommandContext context) => new()
    {
        Columns = DataFile.Names(context.Arguments.GetValue(Columns)),
        Depth = context.Arguments.GetValue(Depth),
        MinRows = context.Arguments.GetValue(MinRows),
        Carried = context.Arguments.GetValue(Top),
        DiscoveryShare = context.Arguments.GetValue(Discovery),
        Beam = context.Arguments.GetValue(Beam),
        Parts = context.Arguments.GetValue(Parts),
        Overlap = context.Arguments.GetValue(Overlap),
        BeamSearch = context.Arguments.GetValue(Method) != "tree",
        ErrorTree = context.Arguments.GetValue(Method) != "beam",
        Alpha = context.Arguments.GetValue(Alpha),
        Level = context.Arguments.GetValue(Level),
        Seed = context.Seed,
        Threads = context.Threads,
    };
}
