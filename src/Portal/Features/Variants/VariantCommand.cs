using System.CommandLine;
using Governance.Audit.Comparisons;
using Governance.Audit.Data;
using Governance.Audit.Equivalence;
using Governance.Audit.Inference;
using Governance.Audit.Performance;
using Governance.Audit.Variants;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Performance;

namespace Governance.Portal.Features.Variants;

/// <summary><c>governance variant MODEL --recipe R --out FILE</c>: a smaller or quicker model from a model, and what that cost.</summary>
internal static class VariantCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "The ONNX file." };
    private static readonly Option<string> Out = new("--out") { Description = "Where the variant is written.", HelpName = "FILE", Required = true };
    private static readonly Option<string?> Calibration = new("--calibration") { Description = "Rows to measure ranges on or to learn from, as CSV with a header; a recipe that needs none may use them to stay in range.", HelpName = "F" };
    private static readonly Option<string?> Data = new("--data") { Description = "Labelled rows to measure both models on, as CSV with a header.", HelpName = "F" };
    private static readonly Option<string?> Label = new("--label") { Description = "The column with the true outcome; the encoding's by default.", HelpName = "Y" };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "variant", "Make a model smaller or quicker, and measure what that costs.", RunAsync,
        [Model, .. VariantFlags.All, Calibration, Data, Label, PerformanceFlags.Level, Out]);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        VariantRecipe recipe = VariantFlags.Read(context);
        string target = arguments.GetValue(Out)!;
        UserFiles.RefuseUnwritable(target);
        using ModelRun parent = await ModelRun.LoadAsync(context, arguments.GetValue(Model)!, cancellationToken);
        string? label = arguments.GetValue(Label) ?? parent.Encoding?.Label?.Column;
        if (arguments.GetValue(Data) is not null && label is null)
        {
            throw new InputException("Which column holds what was true? Name it with --label.");
        }

        VariantRows? rows = arguments.GetValue(Calibration) is string path
            ? VariantRows.Of(parent.Predictor.Signature, parent.Encoding, await DataFile.ReadAsync(context, path, cancellationToken), label) with { Level = PerformanceFlags.LevelOf(context) } : null;
        MadeVariant made = await Task.Run(() => MakeVariant.Run(parent.File, recipe, rows, null, cancellationToken), cancellationToken);
        VariantReport report = VariantReport.Of(recipe, made);
        if (arguments.GetValue(Data) is string data)
        {
            Table table = await DataFile.ReadAsync(context, data, cancellationToken);
            report = await Task.Run(() => Measured(context, parent, made.Model, table, label!, report, cancellationToken), cancellationToken);
        }

        await UserFiles.WriteAsync(target, made.Model, cancellationToken);
        VariantTables.Write(context.People, report);
        await context.WriteJsonAsync(report, cancellationToken);
        return 0;
    }

    private static VariantReport Measured(
        CommandContext context, ModelRun parent, byte[] file, Table table, string label, VariantReport report, CancellationToken cancellationToken)
    {
        using OnnxPredictor variant = OnnxPredictor.Load(file, ModelRun.Options(context, context.Threads), cancellationToken);
        ComparisonReport compared = CompareModels.Run(
            new ComparedModel("parent", parent.Predictor, parent.Encoding), new ComparedModel("variant", variant, parent.Encoding), table,
            new ComparisonOptions { Performance = new PerformanceOptions { Label = label, Level = PerformanceFlags.LevelOf(context), Interval = IntervalMethod.Bootstrap, Seed = context.Seed, Threads = context.Threads } },
            context.Warn, cancellationToken);
        InputBatch rows = VariantRows.Of(parent.Predictor.Signature, parent.Encoding, table, label).Batch;
        SpeedAtSize speed = TimeTurns.Run(parent.Predictor, variant, rows, rows, 1, PerformanceFlags.LevelOf(context), TimeProvider.System, cancellationToken);
        return report.With(compared, speed);
    }
}
