using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Robustness;
using Governance.Audit.Slices;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Profiles;

namespace Governance.Portal.Features.Robustness;

/// <summary><c>governance robustness</c>: how a model's answers hold when its inputs are disturbed.</summary>
internal static class RobustnessCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "The ONNX file." };
    private static readonly Option<string> Data = new("--data") { Description = "The rows.", Required = true, HelpName = "F" };
    private static readonly Option<string?> Label = new("--label") { Description = "The column with what was true; the encoding's by default. Without one only changed answers are counted.", HelpName = "Y" };
    private static readonly Option<string?> Tests = new("--tests") { Description = $"Which tests; all that fit by default: {string.Join(", ", RobustnessTests.Names)}.", HelpName = "a,b" };
    private static readonly Option<string?> Positive = new("--positive") { Description = "The positive class, where the encoding names none.", HelpName = "V" };
    private static readonly Option<double?> Threshold = NumberOption.Optional("--threshold", "The positive score from which on the positive class is predicted.", "T");
    private static readonly Option<string?> Columns = new("--columns") { Description = "Without an encoding: the columns that the model takes, in its order.", HelpName = "a,b" };
    private static readonly Option<string?> Immutable = new("--immutable") { Description = "Columns that are never changed.", HelpName = "a,b" };
    private static readonly Option<string?> Weight = new("--weight") { Description = "The column with the rows' weights.", HelpName = "W" };
    private static readonly Option<string> Padding = new("--padding") { Description = "The token that fills up short rows.", DefaultValueFactory = _ => "0", HelpName = "ID" };
    private static readonly Option<int> Rows = new("--rows") { Description = "The most rows, drawn by --seed where the data has more.", DefaultValueFactory = _ => 2_000, HelpName = "N" };
    private static readonly Option<int> Repeats = new("--repeats") { Description = "How often each random change is drawn.", DefaultValueFactory = _ => 3, HelpName = "N" };
    private static readonly Option<int> Bootstrap = new("--bootstrap") { Description = "Resamples of the intervals over rows.", DefaultValueFactory = _ => 200, HelpName = "N" };
    private static readonly Option<double> Fragile = NumberOption.WithDefault("--fragile", "The noise with which columns are compared.", 0.5);
    private static readonly Option<double> Level = NumberOption.WithDefault("--level", "The level of intervals.", 0.95);

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "robustness", "Disturb a model's inputs and measure how its answers hold.", RunAsync,
        Model, Data, Label, Tests, Positive, Threshold, Columns, Immutable, Weight, Padding, Rows, Repeats, Bootstrap, Fragile, Level);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (context.Arguments.GetValue(Rows) < 1)
        {
            throw new InputException("--rows takes a whole number of at least 1.");
        }

        using ModelRun run = await ModelRun.LoadAsync(context, context.Arguments.GetValue(Model)!, cancellationToken);
        Table table = await DataFile.ReadAsync(context, context.Arguments.GetValue(Data)!, cancellationToken);
        string? label = context.Arguments.GetValue(Label) ?? (run.Encoding?.Label?.Column is string known && table.Find(known) is not null ? known : null);
        if (label is null)
        {
            context.Warn(new AuditWarning("no-label", "No column with what was true is named, so that only changed answers are counted; name it with --label."));
        }

        table = label is null ? table : KnownLabels.Take(table, label, context.Warn);
        table = table.Take(SampleRows.Draw([.. Enumerable.Range(0, table.Rows)], context.Arguments.GetValue(Rows), context.Seed));
        RobustnessRequest request = Request(context, run, table, label);
        await FirstRow.TryAsync(context, token => run.Predictor.Predict(request.Encoder.Encode(table.Head(1)), token), cancellationToken);
        RobustnessReport report = await Task.Run(() => MeasureRobustness.Run(request, null, cancellationToken), cancellationToken);
        foreach (AuditWarning warning in run.Predictor.Warnings)
        {
            context.Warn(warning);
        }

        RobustnessTable.Write(context.People, report);
        await context.WriteJsonAsync(report, cancellationToken);
        return 0;
    }

    private static RobustnessRequest Request(CommandContext context, ModelRun run, Table table, string? label)
    {
        ParseResult arguments = context.Arguments;
        string? weight = arguments.GetValue(Weight);
        IReadOnlyList<string> columns = DataFile.Names(arguments.GetValue(Columns));
        string?[] others = [label, weight];
        RowEncoder encoder = RowEncoder.For(
            run.Predictor.Signature, run.Encoding, table,
            columns.Count > 0 ? columns : [.. table.Columns.Select(column => column.Name).Where(name => !others.Contains(name))]);
        return new RobustnessRequest
        {
            Predictor = run.Predictor,
            Rule = new DecisionRule(run.Predictor.Signature, encoder.Encoding, arguments.GetValue(Positive), arguments.GetValue(Threshold)),
            Encoder = encoder,
            Table = table,
            Label = label,
            Tokens = TokenInputs.Find(run.File, run.Predictor.Signature),
            Tests = DataFile.Names(arguments.GetValue(Tests)),
            Immutable = DataFile.Names(arguments.GetValue(Immutable)),
            Padding = arguments.GetValue(Padding)!,
            Weights = weight is null ? null : RowWeights.Read(table, weight),
            Repeats = arguments.GetValue(Repeats),
            Resamples = arguments.GetValue(Bootstrap),
            Level = arguments.GetValue(Level),
            FragileStrength = arguments.GetValue(Fragile),
            Seed = context.Seed,
        };
    }
}
