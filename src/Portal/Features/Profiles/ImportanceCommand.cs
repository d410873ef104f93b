using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Importance;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Inference;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Models;

namespace Governance.Portal.Features.Profiles;

/// <summary><c>governance importance</c>: how much worse a model is when a column is shuffled, beside its attributions.</summary>
internal static class ImportanceCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "The ONNX file." };
    private static readonly Option<string> Data = new("--data") { Description = "The rows with what was true, as CSV.", Required = true, HelpName = "F" };
    private static readonly Option<string?> Label = new("--label") { Description = "The column with what was true; the encoding's by default.", HelpName = "Y" };
    private static readonly Option<string?> Metric = new("--metric") { Description = $"What is lost: {string.Join(", ", ImportanceMetrics.Names)}; roc_auc, accuracy or rmse by default.", HelpName = "M" };
    private static readonly Option<string?> Positive = new("--positive") { Description = "The positive class, where the encoding names none.", HelpName = "V" };
    private static readonly Option<double?> Threshold = NumberOption.Optional("--threshold", "The positive score from which on the positive class is predicted.", "T");
    private static readonly Option<int> Repeats = new("--repeats") { Description = "How often each column is shuffled.", DefaultValueFactory = _ => 5, HelpName = "N" };
    private static readonly Option<int> Rows = new("--rows") { Description = "The most rows, drawn by --seed where the data has more.", DefaultValueFactory = _ => 5_000, HelpName = "N" };
    private static readonly Option<int> Explained = new("--explained") { Description = "How many of the rows to attribute as well; 0 for none.", DefaultValueFactory = _ => 50, HelpName = "N" };
    private static readonly Option<int?> Samples = new("--samples") { Description = "The most coalitions a row of sampled attributions." };


    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "importance", "How much worse a model is when a column is shuffled, beside its attributions.", RunAsync,
        Model, Data, Label, Metric, Positive, Threshold, Repeats, Rows, Explained, Samples,
        ProfileCommand.Columns, ProfileCommand.Weights, ProfileCommand.Bootstrap, ProfileCommand.Level);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        CheckOptions(context);
        using ModelRun run = await ModelRun.LoadAsync(context, context.Arguments.GetValue(Model)!, cancellationToken);
        Table table = await DataFile.ReadAsync(context, context.Arguments.GetValue(Data)!, cancellationToken);
        table = table.Take(SampleRows.Draw([.. Enumerable.Range(0, table.Rows)], context.Arguments.GetValue(Rows), context.Seed));
        RowEncoder encoder = Encoder(context, run, table);
        DecisionRule rule = new(run.Predictor.Signature, encoder.Encoding, context.Arguments.GetValue(Positive), context.Arguments.GetValue(Threshold));
        InputBatch rows = encoder.Encode(table);
        string? weights = context.Arguments.GetValue(ProfileCommand.Weights);
        await FirstRow.TryAsync(context, token => run.Predictor.Predict(rows.Slice(0, 1), token), cancellationToken);
        PermutationRequest request = new()
        {
            Predictor = run.Predictor,
            Rule = rule,
            Rows = rows,
            Table = table,
            Label = LabelOf(context, encoder),
            Players = encoder.Players(),
            Metric = context.Arguments.GetValue(Metric) is string name ? ImportanceMetrics.Read(name)
                : rule.IsRegression ? ImportanceMetric.Rmse
                : rule.Positive is not null && rule.ScoreOutput is not null ? ImportanceMetric.RocAuc : ImportanceMetric.Accuracy,
            Weights = weights is null ? null : RowWeights.Read(table, weights),
            Repeats = context.Arguments.GetValue(Repeats),
            Resamples = context.Arguments.GetValue(ProfileCommand.Bootstrap),
            Level = context.Arguments.GetValue(ProfileCommand.Level),
            Seed = context.Seed,
        };
        PermutationReport report = await Task.Run(() => PermutationImportance.Run(request, null, cancellationToken), cancellationToken);
        AttributedImportance? attributed = await Task.Run(
            () => AttributedImportance.Of(request, report, context.Arguments.GetValue(Explained), context.Arguments.GetValue(Samples), context.Threads, cancellationToken),
            cancellationToken);
        foreach (AuditWarning warning in run.Predictor.Warnings)
        {
            context.Warn(warning);
        }

        ImportanceTable.Write(context.People, report, attributed);
        await context.WriteJsonAsync(new { Permutation = report, Attribution = attributed }, cancellationToken);
        return 0;
    }

    private static void CheckOptions(CommandContext context)
    {
        double level = context.Arguments.GetValue(ProfileCommand.Level);
        string? fault = context.Arguments.GetValue(Repeats) is < 1 or > 1_000 ? "--repeats takes 1 to 1,000."
            : context.Arguments.GetValue(Rows) < 1 ? "--rows takes a whole number of at least 1."
            : context.Arguments.GetValue(Explained) < 0 ? "--explained takes a whole number of at least 0."
            : context.Arguments.GetValue(ProfileCommand.Bootstrap) is < 1 or > 100_000 ? "--bootstrap takes 1 to 100,000 resamples."
            : !(level > 0 && level < 1) ? "--level takes a number between 0 and 1."
            : null;
        if (fault is not null)
        {
            throw new InputException(fault);
        }
    }

    // Without an encoding all columns but the label and the weights are the model's.
    private static RowEncoder Encoder(CommandContext context, ModelRun run, Table table)
    {
        string[]? columns = context.Arguments.GetValue(ProfileCommand.Columns)?.Split(',', StringSplitOptions.TrimEntries);
        string?[] others = [context.Arguments.GetValue(Label), context.Arguments.GetValue(ProfileCommand.Weights)];
        columns ??= run.Encoding is null ? [.. table.Columns.Select(column => column.Name).Where(name => !others.Contains(name))] : null;
        return RowEncoder.For(run.Predictor.Signature, run.Encoding, table, columns);
    }

    private static string LabelOf(CommandContext context, RowEncoder encoder) =>
        context.Arguments.GetValue(Label) ?? encoder.Encoding.Label?.Column
        ?? throw new InputException("Which column holds what was true? Name it with --label.");
}
