using System.CommandLine;
using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Encodings;
using Governance.Audit.Inference;
using Governance.Audit.Theft.Attacks;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Models;

namespace Governance.Portal.Features.RedTeam;

/// <summary><c>governance redteam</c>: copies a model through a simulated front door, on each role's terms and on none.</summary>
internal static class RedTeamCommand
{
    private static readonly Argument<string> Model = new("MODEL") { Description = "The ONNX file." };
    private static readonly Option<string> Data = new("--data") { Description = "Rows that the model was not trained on; without --own half of them are the thief's.", Required = true, HelpName = "F" };
    private static readonly Option<string?> Train = new("--train", "--background") { Description = "Rows that it was trained on: the published profile, the detectors' reference, and the membership test.", HelpName = "F" };
    private static readonly Option<string?> Own = new("--own") { Description = "Rows of the thief's own.", HelpName = "F" };
    private static readonly Option<string?> Label = new("--label") { Description = "The column with what was true; the encoding's by default.", HelpName = "Y" };
    private static readonly Option<string?> Attacks = new("--attacks") { Description = $"Which attacks; all by default: {string.Join(", ", AttackList.Names)}.", HelpName = "a,b" };
    private static readonly Option<string?> Roles = new("--role") { Description = "On whose terms: owner, developer, reviewer, approver, consumer; all by default.", HelpName = "a,b" };
    private static readonly Option<string> Policy = new("--policy") { Description = "What is released: default, off, or a pack of output policies.", DefaultValueFactory = _ => "default", HelpName = "default|off|FILE" };
    private static readonly Option<string?> Budget = new("--budget") { Description = "Units in place of the pack's, such as day=200,lifetime=500,month=2000.", HelpName = "day=,lifetime=,month=" };
    private static readonly Option<int> Days = new("--days") { Description = "Days that the thief takes.", DefaultValueFactory = _ => 30, HelpName = "N" };
    private static readonly Option<int> Queries = new("--queries") { Description = "Questions at most of an attack that no budget ends.", DefaultValueFactory = _ => 1_000, HelpName = "N" };
    private static readonly Option<string?> Positive = new("--positive") { Description = "The positive class, where the encoding names none.", HelpName = "V" };
    private static readonly Option<double?> Threshold = NumberOption.Optional("--threshold", "The positive score from which on the positive class is predicted.", "T");
    private static readonly Option<string?> Columns = new("--columns") { Description = "Without an encoding: the columns that the model takes, in its order.", HelpName = "a,b" };
    private static readonly Option<double> Level = NumberOption.WithDefault("--level", "The level of intervals.", 0.95);

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "redteam", "Try to copy a model through its answers, on each role's terms and without protection.", RunAsync,
        Model, Data, Train, Own, Label, Attacks, Roles, Policy, Budget, Days, Queries, Positive, Threshold, Columns, Level);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        ParseResult arguments = context.Arguments;
        (IReadOnlyList<Audience> audiences, OutputPolicies policies) = await RedTeamTerms.ReadAsync(
            arguments.GetValue(Roles), arguments.GetValue(Policy)!, arguments.GetValue(Budget), cancellationToken);
        using ModelRun run = await ModelRun.LoadAsync(context, arguments.GetValue(Model)!, cancellationToken);
        Table table = await DataFile.ReadAsync(context, arguments.GetValue(Data)!, cancellationToken);
        string? label = arguments.GetValue(Label) ?? (run.Encoding?.Label?.Column is string known && table.Find(known) is not null ? known : null);
        RowEncoder encoder = RowEncoder.For(run.Predictor.Signature, run.Encoding, table, ModelColumns(arguments, table, label));
        DecisionRule rule = new(run.Predictor.Signature, encoder.Encoding, arguments.GetValue(Positive), arguments.GetValue(Threshold));
        RedTeamRequest request = new()
        {
            Predictor = run.Predictor,
            Model = run.File,
            Run = ModelRun.Options(context, context.Threads),
            Encoder = encoder,
            Rule = rule,
            HeldOut = table,
            Own = await OptionalAsync(context, arguments.GetValue(Own), cancellationToken),
            Training = await OptionalAsync(context, arguments.GetValue(Train), cancellationToken),
            Label = label,
            Release = ReleaseClasses.Of(ReadModelFacts.Of(new ModelGraph(run.File), run.Predictor.Signature.Inputs, rule.ScoreOutput)),
            Policies = policies,
            Audiences = audiences,
            Attacks = DataFile.Names(arguments.GetValue(Attacks)),
            Days = arguments.GetValue(Days),
            MostQueries = arguments.GetValue(Queries),
            Level = arguments.GetValue(Level),
            Seed = context.Seed,
            Threads = context.Threads,
        };
        RedTeamReport report = await Task.Run(() => RunRedTeam.Run(request, null, TimeProvider.System, cancellationToken), cancellationToken);
        foreach (AuditWarning warning in run.Predictor.Warnings)
        {
            context.Warn(warning);
        }

        RedTeamTable.Write(context.People, report);
        await context.WriteJsonAsync(report, cancellationToken);
        return 0;
    }

    private static IReadOnlyList<string> ModelColumns(ParseResult arguments, Table table, string? label)
    {
        IReadOnlyList<string> named = DataFile.Names(arguments.GetValue(Columns));
        return named.Count > 0 ? named : [.. table.Columns.Select(column => column.Name).Where(name => name != label)];
    }

    private static async Task<Table?> OptionalAsync(CommandContext context, string? path, CancellationToken cancellationToken) =>
        path is null ? null : await DataFile.ReadAsync(context, path, cancellationToken);
}
