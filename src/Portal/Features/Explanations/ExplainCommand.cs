using System.CommandLine;
using System.Security.Cryptography;
using Governance.Audit.Data;
using Governance.Audit.Explanations;
using Governance.Audit.Explanations.Fusion;
using Governance.Audit.Explanations.Players;
using Governance.Audit.Explanations.Quality;
using Governance.Audit.Inference;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Explanations.Report;
using Governance.Portal.Features.Models;

namespace Governance.Portal.Features.Explanations;

/// <summary><c>governance explain</c>: which features moved a model's output, row by row.</summary>
internal static class ExplainCommand
{
    internal static readonly Argument<string> Model = new("MODEL") { Description = "The ONNX file." };
    internal static readonly Option<string> Data = new("--data") { Description = "The rows to explain, as CSV.", Required = true, HelpName = "F" };
    internal static readonly Option<string?> Background = new("--background") { Description = "The reference rows, as CSV; the first 100 rows of the data by default.", HelpName = "F" };
    internal static readonly Option<string?> Weights = new("--weights") { Description = "The column of the background that weights its rows.", HelpName = "COLUMN" };
    internal static readonly Option<string> Method = new("--method") { Description = $"One of {string.Join(", ", ExplanationMethods.Available)}; auto says why it took which.", DefaultValueFactory = _ => ExplanationMethods.Auto };
    internal static readonly Option<string?> Features = new("--features") { Description = "The columns that the model takes, in order, where there is no encoding.", HelpName = "a,b" };
    internal static readonly Option<string?> Groups = new("--groups") { Description = "Features that count as one, as JSON: name to features.", HelpName = "G.json" };
    internal static readonly Option<string?> Hierarchy = new("--hierarchy") { Description = "Nested groups of features for Owen values, as JSON, or a linkage as CSV.", HelpName = "H.json" };
    internal static readonly Option<string?> BackgroundWhere = new("--background-where") { Description = "Only the reference rows of this cohort.", HelpName = "COHORT" };
    internal static readonly Option<string?> Reference = new("--reference", "--baseline") { Description = "One reference row in place of many: the background's mean, zeros, or its row i; the row itself blurred; a line of mask tokens or of one token; or own:COLUMN to compare each row with its own group.", HelpName = "mean|zero|blur|blur:R|mask|token:ID|row:i|own:COLUMN" };
    internal static readonly Option<string?> Players = new("--players") { Description = $"What counts as one in pictures and sequences: {PlayerSpec.Words}.", HelpName = "P" };
    internal static readonly Option<int?> Window = new("--window") { Description = "The side of the window that occlusion slides over pixels, patches or steps, one player further each time; without it each player is hidden alone.", HelpName = "SIDE" };
    internal static readonly Option<string?> Output = new("--output") { Description = "The output to explain.", HelpName = "NAME" };
    internal static readonly Option<string?> Class = new("--class") { Description = "The class to explain: its column from 0, its name, or 'predicted'.", HelpName = "K|predicted" };
    internal static readonly Option<string> Link = new("--link") { Description = "Explain the output itself or its log-odds.", DefaultValueFactory = _ => "identity" };
    internal static readonly Option<int?> Samples = new("--samples") { Description = "The most coalitions a row for sampled methods, empty and full included." };
    internal static readonly Option<double?> UntilWidth = NumberOption.Optional("--until-width", "Sample until the widest 95 % interval of each row is narrower, or the samples are spent.", "W");
    internal static readonly Option<bool> Interactions = new("--interactions") { Description = "Pairwise Shapley interactions too." };
    internal static readonly Option<int?> Steps = new("--steps") { Description = "The most gradients of a path, for the methods that follow one; they stop before where the values add up." };
    internal static readonly Option<string> Fusion = new("--fusion") { Description = "Make masked rows inside the model's session, so that only coalitions and means move: auto does so on a device.", DefaultValueFactory = _ => "auto" };
    internal static readonly Option<bool> NoCache = new("--no-cache") { Description = "Neither take the result from the cache nor keep it there." };
    internal static readonly Option<bool> Quality = new("--quality") { Description = "How far the values can be trusted: other seeds, small noise, faithfulness, compactness; and the order over all rows." };
    internal static readonly Option<string?> Report = new("--report") { Description = "Write the explanation as one HTML file that opens alone.", HelpName = "F.html" };
    internal static readonly Option<string?> Row = new("--row") { Description = "Only these rows of the data, counted from 0.", HelpName = "i,j" };

    static ExplainCommand()
    {
        Link.AcceptOnlyFromAmong("identity", "logit");
        Fusion.AcceptOnlyFromAmong("auto", "on", "off");
    }

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "explain", "Attribute a model's output to its features.", RunAsync,
        Model, Data, Background, BackgroundWhere, Reference, Weights, Method, Features, Groups, Hierarchy, Players, Window, Output, Class, Link,
        Samples, UntilWidth, Interactions, Steps, Fusion, ModelPrecision.Half, Row, NoCache, Quality, Report);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        RefuseEarly(context);
        byte[] model = ModelPrecision.Apply(
            context, (await AdmittedFile.ReadAsync(context, context.Arguments.GetValue(Model)!, null, cancellationToken)).File, cancellationToken);
        PredictorOptions run = ModelRun.Options(context, threads: 1);
        using OnnxPredictor predictor = OnnxPredictor.Load(model, run, cancellationToken);
        ExplainInputs inputs = await ExplainInputs.ReadAsync(context, predictor.Signature, cancellationToken);

        RefuseOwnPlayers(context, inputs);
        ScorerOptions scoring = ExplainedClass.Read(context, predictor.Signature, inputs.Encoder.Encoding, out bool predicted);
        using ModelScorer scorer = ModelScorer.Load(predictor, model, run, scoring, cancellationToken);
        ExplainRequest request = Request(context, inputs, scorer, new ModelGraph(model));
        string key = ExplanationKey.Of(
            request with { PredictedClassOnly = predicted }, Convert.ToHexStringLower(SHA256.HashData(model)),
            inputs.Encoder.Encoding.Sha256, scoring.Output, scoring.ClassIndex, scoring.AllClasses);
        ResultCache? cache = context.Arguments.GetValue(NoCache) ? null : ResultCache.OfUser();
        long asked = TimeProvider.System.GetTimestamp();
        CachedResult? known = cache?.Find(key, context.Threads);
        ExplanationReport report = known is not null
            ? known.Report with { ModelRows = 0, ModelCalls = 0, Transport = known.Report.Transport is { } moved ? moved with { Bytes = 0, BytesPerExplanation = 0 } : null, Seconds = TimeProvider.System.GetElapsedTime(asked).TotalSeconds, Estimate = null, ResultFrom = "cache" }
            : await ExplainAsync(context, request, scorer, predicted, inputs, cancellationToken) with { ResultKey = key, ResultFrom = "computed" };
        AuditWarning[] warnings = known is not null
            ? [.. known.Warnings]
            : [.. predictor.Warnings, .. scorer.Warnings, .. report.Notes, .. ExplanationWarnings.Of(report)];
        if (known is null)
        {
            cache?.Keep(key, context.Threads, new CachedResult(report, warnings));
        }

        foreach (AuditWarning warning in warnings)
        {
            context.Warn(warning);
        }

        ExplanationTable.Write(context.People, report);
        QualityReport? quality = null;
        if (context.Arguments.GetValue(Quality))
        {
            ExplainRequest settled = await SettleAsync(context, request, scorer, predicted, inputs, cancellationToken);
            quality = await Task.Run(() => ExplanationExtras.Measure(settled, report, inputs, cancellationToken), cancellationToken);
            ExplanationExtras.Write(context.People, quality);
        }

        if (context.Arguments.GetValue(Report) is string path)
        {
            await WriteReport.RunAsync(context, path, model, inputs, report, warnings, cancellationToken);
        }

        await context.WriteJsonAsync(quality is null ? report : ExplanationExtras.Add(report, quality, cancellationToken), cancellationToken);
        return 0;
    }

    // What is wrong in itself is refused before anything is read.
    private static void RefuseEarly(CommandContext context)
    {
        string method = ExplanationMethods.Checked(context.Arguments.GetValue(Method)!);
        if (context.Arguments.GetValue(Steps) is int steps && (steps < ExplanationMethods.LeastSteps || !ExplanationMethods.Paths.Contains(method)))
        {
            throw new InputException($"--steps takes a number of at least {ExplanationMethods.LeastSteps} and belongs to the methods that follow gradients along paths: {string.Join(", ", ExplanationMethods.Paths)}.");
        }

        bool additive = ExplanationMethods.Additive.Contains(method);
        if (!additive && (context.Arguments.GetValue(Quality) || context.Arguments.GetValue(Report) is not null))
        {
            throw new InputException($"--quality and --report are about values that add up to the output, and those of '{method}' do not.");
        }

        PlayerSpec? players = PlayerSpec.Parse(context.Arguments.GetValue(Players));
        if (context.Arguments.GetValue(Window) is not null && (players is null || method != ExplanationMethods.Occlusion))
        {
            throw new InputException("--window belongs to the method 'occlusion', which slides it over what --players names.");
        }

        if (context.Arguments.GetValue(Quality) && context.Arguments.GetValue(Class) == "predicted")
        {
            throw new InputException("--quality looks at one class: name it instead of 'predicted'.");
        }

        if (context.Arguments.GetValue(Report) is string report)
        {
            UserFiles.RefuseUnwritable(report);
        }

        if (context.Arguments.GetValue(UntilWidth) is <= 0)
        {
            throw new InputException("--until-width takes a number above 0.");
        }
    }

    private static void RefuseOwnPlayers(CommandContext context, ExplainInputs inputs)
    {
        if (inputs.OwnPlayers is not null && (context.Arguments.GetValue(Quality) || context.Arguments.GetValue(Report) is not null || context.Arguments.GetValue(Hierarchy) is not null))
        {
            throw new InputException("Superpixels of several rows are each row's own, and --quality, --report and --hierarchy are about players that all rows share: choose one row with --row.");
        }
    }

    private static async Task<ExplanationReport> ExplainAsync(
        CommandContext context, ExplainRequest request, ModelScorer scorer, bool predicted, ExplainInputs inputs,
        CancellationToken cancellationToken)
    {
        ExplainRequest settled = await SettleAsync(context, request, scorer, predicted, inputs, cancellationToken);
        return await Task.Run(() => ExplainRows.Run(settled, null, TimeProvider.System, cancellationToken), cancellationToken);
    }

    // One row tells how many classes there are.
    private static async Task<ExplainRequest> SettleAsync(
        CommandContext context, ExplainRequest request, ModelScorer scorer, bool predicted, ExplainInputs inputs,
        CancellationToken cancellationToken)
    {
        await FirstRow.TryAsync(context, token => scorer.Score(inputs.Rows.Slice(0, 1), token), cancellationToken);
        return request with
        {
            Outputs = scorer.ClassCount,
            ClassIndex = scorer.ClassIndex,
            GraphColumns = scorer.GraphColumns,
            Classes = ExplainedClass.Names(context, scorer, inputs.Encoder.Encoding),
            PredictedClassOnly = predicted && scorer.ClassCount > 1,
        };
    }

    private static ExplainRequest Request(CommandContext context, ExplainInputs inputs, ModelScorer scorer, ModelGraph graph) => new()
    {
        Model = scorer.Score,
        Graph = graph,
        Outputs = 0,
        Output = scorer.Output,
        Link = context.Arguments.GetValue(Link)!,
        Provider = scorer.Predictor.Provider,
        Rows = inputs.Rows,
        RowIndices = inputs.RowIndices,
        Background = inputs.Reference.Background,
        BackgroundWeights = inputs.Reference.Weights,
        OwnGroups = inputs.Reference.OwnGroups,
        Reference = inputs.Reference.Name,
        Players = inputs.Players,
        OwnPlayers = inputs.OwnPlayers,
        Hierarchy = inputs.Hierarchy,
        Windows = inputs.Windows,
        Method = context.Arguments.GetValue(Method)!,
        Samples = context.Arguments.GetValue(Samples),
        UntilWidth = context.Arguments.GetValue(UntilWidth),
        Steps = context.Arguments.GetValue(Steps),
        Interactions = context.Arguments.GetValue(Interactions),
        Fusion = Enum.Parse<FusionMode>(context.Arguments.GetValue(Fusion)!, ignoreCase: true),
        TimeLimit = context.Arguments.GetValue(CommonOptions.LimitSeconds) is double limit ? TimeSpan.FromSeconds(limit) : null,
        Seed = context.Seed,
        Threads = context.Threads,
    };
}
