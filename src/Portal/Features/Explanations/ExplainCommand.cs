using System.CommandLine;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Inference;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Models;

namespace Governance.Portal.Features.Explanations;

/// <summary><c>governance explain</c>: which features moved a model's output, row by row.</summary>
internal static class ExplainCommand
{
    internal static readonly Argument<string> Model = new("MODEL") { Description = "The ONNX file." };
    internal static readonly Option<string> Data = new("--data") { Description = "The rows to explain, as CSV.", Required = true, HelpName = "F" };
    internal static readonly Option<string?> Background = new("--background") { Description = "The reference rows, as CSV; the first 100 rows of the data by default.", HelpName = "F" };
    internal static readonly Option<string?> Weights = new("--weights") { Description = "The column of the background that weights its rows.", HelpName = "COLUMN" };
    internal static readonly Option<string> Method = new("--method") { Description = "auto, exact or kernel.", DefaultValueFactory = _ => ExplanationMethods.Auto };
    internal static readonly Option<string?> Features = new("--features") { Description = "The columns that the model takes, in order, where there is no encoding.", HelpName = "a,b" };
    internal static readonly Option<string?> Groups = new("--groups") { Description = "Features that count as one, as JSON: name to features.", HelpName = "G.json" };
    internal static readonly Option<string?> Output = new("--output") { Description = "The output to explain.", HelpName = "NAME" };
    internal static readonly Option<string?> Class = new("--class") { Description = "The class to explain: its column from 0, its name, or 'predicted'.", HelpName = "K|predicted" };
    internal static readonly Option<string> Link = new("--link") { Description = "Explain the output itself or its log-odds.", DefaultValueFactory = _ => "identity" };
    internal static readonly Option<int?> Samples = new("--samples") { Description = "The most coalitions a row for sampled methods, empty and full included." };
    internal static readonly Option<string?> Row = new("--row") { Description = "Only these rows of the data, counted from 0.", HelpName = "i,j" };

    static ExplainCommand() => Link.AcceptOnlyFromAmong("identity", "logit");

    /// <summary>Makes the command.</summary>
    public static Command Create(TextWriter output, TextWriter error) => GovernanceCommand.Create(
        "explain", "Attribute a model's output to its features.", output, error, RunAsync,
        Model, Data, Background, Weights, Method, Features, Groups, Output, Class, Link, Samples, Row);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        // A method that does not exist is refused before anything is read.
        string method = context.Arguments.GetValue(Method)!;
        ExplanationMethods.Checked(method);
        byte[] model = (await AdmittedFile.ReadAsync(context, context.Arguments.GetValue(Model)!, null, cancellationToken)).File;
        PredictorOptions run = ModelRun.Options(context, threads: 1);
        using OnnxPredictor predictor = OnnxPredictor.Load(model, run, cancellationToken);
        ExplainInputs inputs = await ExplainInputs.ReadAsync(context, predictor.Signature, cancellationToken);

        ScorerOptions scoring = ExplainedClass.Read(context, predictor.Signature, inputs.Encoder.Encoding, out bool predicted);
        using ModelScorer scorer = ModelScorer.Load(predictor, model, run, scoring, cancellationToken);

        // One row tells how many classes there are.
        await FirstRow.TryAsync(context, token => scorer.Score(inputs.Rows.Slice(0, 1), token), cancellationToken);
        ExplainRequest request = new()
        {
            Model = scorer.Score,
            Graph = new ModelGraph(model),
            Outputs = scorer.ClassCount,
            Output = scorer.Output,
            ClassIndex = scorer.ClassIndex,
            Classes = ExplainedClass.Names(scorer, inputs.Encoder.Encoding),
            PredictedClassOnly = predicted && scorer.ClassCount > 1,
            Link = context.Arguments.GetValue(Link)!,
            Provider = predictor.Provider,
            Rows = inputs.Rows,
            RowIndices = inputs.RowIndices,
            Background = inputs.Background,
            BackgroundWeights = inputs.Weights,
            Players = inputs.Players,
            Method = method,
            Samples = context.Arguments.GetValue(Samples),
            Seed = context.Seed,
            Threads = context.Threads,
        };
        ExplanationReport report = await Task.Run(
            () => ExplainRows.Run(request, null, TimeProvider.System, cancellationToken), cancellationToken);

        foreach (AuditWarning warning in (IEnumerable<AuditWarning>)[.. predictor.Warnings, .. scorer.Warnings, .. report.Notes, .. ExplanationWarnings.Of(report)])
        {
            context.Warn(warning);
        }

        ExplanationTable.Write(context.People, report);
        await context.WriteJsonAsync(report, cancellationToken);
        return 0;
    }
}
