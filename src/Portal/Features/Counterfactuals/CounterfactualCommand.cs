using System.CommandLine;
using Governance.Audit.Counterfactuals;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Models;

namespace Governance.Portal.Features.Counterfactuals;

/// <summary><c>governance counterfactual</c>: the nearest row that the model answers otherwise, within constraints.</summary>
internal static class CounterfactualCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "The ONNX file." };
    private static readonly Option<string> Data = new("--data") { Description = "The table that holds the case, as CSV.", Required = true, HelpName = "F" };
    private static readonly Option<int> Row = new("--row") { Description = "The case: a row of the data, counted from 0.", Required = true, HelpName = "i" };
    private static readonly Option<string?> Background = new("--background") { Description = "The rows that say what is possible, as CSV; the data by default.", HelpName = "F" };
    private static readonly Option<string?> Columns = new("--columns") { Description = "The columns that the model takes, in order, where there is no encoding.", HelpName = "a,b,…" };
    private static readonly Option<string?> Target = new("--target") { Description = "The answer looked for; by default the favourable outcome, else the other of two classes. For a model of values a limit, such as '>=5000'.", HelpName = "CLASS|favourable|>=V|<=V" };
    private static readonly Option<string?> Constraints = new("--constraints") { Description = "What may change, as JSON.", HelpName = "C.json" };
    private static readonly Option<string?> Immutable = new("--immutable") { Description = "Columns that may not change.", HelpName = "a,b" };
    private static readonly Option<int?> MaxChanges = new("--max-changes") { Description = "The most columns that may change.", HelpName = "k" };
    private static readonly Option<int> Count = new("--count") { Description = "How many different ways to show.", DefaultValueFactory = _ => 1, HelpName = "n" };
    private static readonly Option<string?> Positive = new("--positive") { Description = "The positive class, where the encoding names none.", HelpName = "V" };
    private static readonly Option<double?> Threshold = NumberOption.Optional("--threshold", "The positive score from which on the positive class is predicted.", "T");
    private static readonly Option<int> Evaluations = new("--evaluations") { Description = "Candidates that the model is asked about at most.", DefaultValueFactory = _ => SearchOptions.DefaultEvaluations, HelpName = "N" };

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "counterfactual", "What a row would have to be for the model to answer otherwise.", RunAsync,
        Model, Data, Row, Background, Columns, Target, Constraints, Immutable, MaxChanges, Count, Positive, Threshold, Evaluations);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        CheckOptions(context);
        using ModelRun run = await ModelRun.LoadAsync(context, context.Arguments.GetValue(Model)!, cancellationToken);
        Table data = await Task.Run(() => DataFile.Read(context, context.Arguments.GetValue(Data)!, cancellationToken), cancellationToken);
        Table population = context.Arguments.GetValue(Background) is string background
            ? DataFile.ReadCohort(context, background, cancellationToken)
            : context.Where is string where ? Audit.Cohorts.Cohort.Parse(where).Take(data) : data;
        if (context.Arguments.GetValue(Columns) is not null && run.Encoding is not null)
        {
            context.Warn(new AuditWarning("columns-not-used", "--columns is not used, because the encoding names the columns."));
        }

        RowEncoder encoder = RowEncoder.For(
            run.Predictor.Signature, run.Encoding, data, context.Arguments.GetValue(Columns)?.Split(',', StringSplitOptions.TrimEntries));
        CounterfactualRequest request = new()
        {
            Predictor = run.Predictor,
            Encoder = encoder,
            Data = data,
            Row = context.Arguments.GetValue(Row),
            Population = population,
            Target = context.Arguments.GetValue(Target),
            Positive = context.Arguments.GetValue(Positive),
            Threshold = context.Arguments.GetValue(Threshold),
            Constraints = await ReadConstraintsAsync(context, cancellationToken),
            Count = context.Arguments.GetValue(Count),
            Evaluations = context.Arguments.GetValue(Evaluations),
            Seed = context.Seed,
        };
        await FirstRow.TryAsync(
            context, token => run.Predictor.Predict(encoder.Encode(population.Head(1)), token), cancellationToken);
        CounterfactualReport report = await Task.Run(
            () => FindCounterfactuals.Run(request, TimeProvider.System, cancellationToken), cancellationToken);
        foreach (AuditWarning warning in run.Predictor.Warnings)
        {
            context.Warn(warning);
        }

        CounterfactualTable.Write(context.People, report);
        await context.WriteJsonAsync(report, cancellationToken);
        return 0;
    }

    private static void CheckOptions(CommandContext context)
    {
        string? fault = context.Arguments.GetValue(Count) is < 1 or > 50 ? "--count takes 1 to 50."
            : context.Arguments.GetValue(MaxChanges) is < 1 ? "--max-changes takes a whole number of at least 1."
            : context.Arguments.GetValue(Evaluations) is < 1 or > 10_000_000 ? "--evaluations takes 1 to 10,000,000."
            : context.Arguments.GetValue(Row) < 0 ? "--row takes a row counted from 0."
            : null;
        if (fault is not null)
        {
            throw new InputException(fault);
        }
    }

    private static async Task<ActionConstraints> ReadConstraintsAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ActionConstraints constraints = context.Arguments.GetValue(Constraints) is string path
            ? ActionConstraintsJson.Read(await UserFiles.ReadAsync(path, cancellationToken))
            : ActionConstraints.None;
        constraints = constraints.WithImmutable(DataFile.Names(context.Arguments.GetValue(Immutable)));
        return context.Arguments.GetValue(MaxChanges) is int most ? constraints with { MaxChanges = most } : constraints;
    }
}
