using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Explanations.Profiles;
using Governance.Audit.Inference;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Explanations;
using Governance.Portal.Features.Models;

namespace Governance.Portal.Features.Profiles;

/// <summary><c>governance pdp</c>: how a model's output varies with one column or two.</summary>
internal static class ProfileCommand
{
    internal static readonly Argument<string> Model = new("MODEL") { Description = "The ONNX file." };
    internal static readonly Option<string> Data = new("--data") { Description = "The rows to average over, as CSV.", Required = true, HelpName = "F" };
    internal static readonly Option<string> Features = new("--features") { Description = "One column to vary, or two.", Required = true, HelpName = "a[,b]" };
    internal static readonly Option<string?> Columns = new("--columns") { Description = "The columns that the model takes, in order, where there is no encoding.", HelpName = "a,b,…" };
    internal static readonly Option<string> Kind = new("--kind") { Description = "Partial dependence, the curves of single rows, or accumulated local effects.", DefaultValueFactory = _ => "pdp" };
    internal static readonly Option<int> Grid = new("--grid") { Description = "Points along each column of numbers; fewer where it has fewer values.", DefaultValueFactory = _ => AxisOptions.DefaultPoints, HelpName = "N" };
    internal static readonly Option<string> Spacing = new("--spacing") { Description = "Points at quantiles of the data, or in equal steps.", DefaultValueFactory = _ => "quantile" };
    internal static readonly Option<string> Order = new("--order") { Description = "How levels without numbers are ordered.", DefaultValueFactory = _ => "auto" };
    internal static readonly Option<int> Rows = new("--rows") { Description = "The most rows, drawn by --seed where the data has more.", DefaultValueFactory = _ => ProfileInputs.DefaultRows, HelpName = "N" };
    internal static readonly Option<string?> Weights = new("--weights") { Description = "The column of the data that weights its rows.", HelpName = "COLUMN" };
    internal static readonly Option<bool> Centred = new("--centred") { Description = "Curves of single rows begin at 0." };
    internal static readonly Option<int> Bootstrap = new("--bootstrap") { Description = "Resamples of the rows behind the intervals.", DefaultValueFactory = _ => RowBootstrap.DefaultResamples, HelpName = "N" };
    internal static readonly Option<double> Level = NumberOption.WithDefault("--level", "The level of the intervals.", 0.95);

    static ProfileCommand()
    {
        Kind.AcceptOnlyFromAmong("pdp", "ice", "ale");
        Spacing.AcceptOnlyFromAmong("quantile", "uniform");
        Order.AcceptOnlyFromAmong("auto", "similarity", "level");
    }

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "pdp", "How a model's output varies with one column or two.", RunAsync,
        Model, Data, Features, Columns, Kind, Grid, Spacing, Order, Rows, Weights, Centred, Bootstrap, Level,
        ExplainCommand.Output, ExplainCommand.Class, ExplainCommand.Link);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ProfileInputs.CheckOptions(context);
        byte[] model = (await AdmittedFile.ReadAsync(context, context.Arguments.GetValue(Model)!, null, cancellationToken)).File;
        PredictorOptions run = ModelRun.Options(context, threads: 1);
        using OnnxPredictor predictor = OnnxPredictor.Load(model, run, cancellationToken);
        ProfileInputs inputs = await ProfileInputs.ReadAsync(context, predictor.Signature, cancellationToken);
        ScorerOptions scoring = ExplainedClass.Read(context, predictor.Signature, inputs.Encoder.Encoding, out bool predicted);
        if (predicted)
        {
            throw new InputException("A profile follows one class over all rows: --class takes a column or a name here, not 'predicted'.");
        }

        using ModelScorer scorer = ModelScorer.Load(predictor, model, run, scoring, cancellationToken);
        await FirstRow.TryAsync(context, token => scorer.Score(inputs.Encoded.Slice(0, 1), token), cancellationToken);
        ProfileRequest request = new()
        {
            Model = scorer.Score,
            Outputs = scorer.ClassCount,
            Output = scorer.Output,
            ClassIndex = scorer.ClassIndex,
            Classes = ExplainedClass.Names(context, scorer, inputs.Encoder.Encoding),
            Link = context.Arguments.GetValue(ExplainCommand.Link)!,
            Provider = predictor.Provider,
            Rows = inputs.Encoded,
            RowIndices = inputs.RowIndices,
            Weights = inputs.Weights,
            Axes = inputs.Axes,
            Kind = Enum.Parse<ProfileKind>(context.Arguments.GetValue(Kind)!, ignoreCase: true),
            Centred = context.Arguments.GetValue(Centred),
            Resamples = context.Arguments.GetValue(Bootstrap),
            Level = context.Arguments.GetValue(Level),
            Seed = context.Seed,
            Threads = context.Threads,
        };
        ProfileReport report = await Task.Run(
            () => ProfileModel.Run(request, null, TimeProvider.System, cancellationToken), cancellationToken);
        foreach (AuditWarning warning in (IEnumerable<AuditWarning>)[.. predictor.Warnings, .. scorer.Warnings, .. ProfileWarnings.Of(report)])
        {
            context.Warn(warning);
        }

        ProfileTable.Write(context.People, report);
        await context.WriteJsonAsync(report, cancellationToken);
        return 0;
    }
}
