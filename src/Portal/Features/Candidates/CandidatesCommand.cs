using System.CommandLine;
using Governance.Audit.Candidates;
using Governance.Audit.Data;
using Governance.Audit.Traffic;
using Governance.Portal.CommandLine;
using Governance.Portal.Features.Evidence;
using Governance.Portal.Features.Models;
using Governance.Portal.Features.Policies;
using Governance.Portal.Features.SignOffs;
using Governance.Portal.Features.Versions;
using Governance.Registry.Artifacts;
using Governance.Registry.Deployments;

namespace Governance.Portal.Features.Candidates;

/// <summary><c>governance candidates</c>: the board of the page Candidates, with the same figures and places.</summary>
internal static class CandidatesCommand
{
    private static readonly Argument<string> Model = new("model") { Description = "The model whose versions are candidates." };

    private static readonly Option<string?> Models = new("--models") { Description = "Further models for the same purpose.", HelpName = "A,B" };

    private static readonly Option<bool> SamePurpose = new("--same-purpose") { Description = "All models that were registered with the very same purpose." };

    private static readonly Option<string?> On = new("--on")
    {
        Description = "The metrics that candidates are placed by; what most candidates have of quality, fairness, latency and size by default.", HelpName = "M,M",
    };

    private static readonly Option<string?> Dataset = new("--dataset") { Description = "The data set whose evidence counts; the one that most candidates share by default.", HelpName = "NAME" };

    private static readonly Option<double?> Milliseconds = NumberOption.Optional("--p95", "Leave out whose 95th percentile of an answer takes longer, in milliseconds.", "MS");

    private static readonly Option<double?> Bytes = NumberOption.Optional("--size", "Leave out whose file is larger, in bytes.", "BYTES");

    /// <summary>Makes the command.</summary>
    public static Command Create() => GovernanceCommand.Create(
        "candidates", "Versions and variants of a model, or of several for one purpose, side by side, with the Pareto front.", RunAsync,
        Model, Models, SamePurpose, On, Dataset, Milliseconds, Bytes, RegistryRun.As, DataOptions.Data, DataOptions.Connection);

    private static async Task<int> RunAsync(CommandContext context, CancellationToken cancellationToken)
    {
        BoardQuery query = new(
            DataFile.Names(context.Arguments.GetValue(Models)), context.Arguments.GetValue(Dataset), Metrics(context), null, null,
            new CandidateBudget(Positive(context, Milliseconds), Positive(context, Bytes)))
        {
            SamePurpose = context.Arguments.GetValue(SamePurpose),
        };
        await using RegistryRun registry = await RegistryRun.OpenAsync(context, cancellationToken);
        string name = context.Arguments.GetValue(Model)!;
        if (await Reader(registry).OfAsync(name, query, registry.Actor.User!.Value, cancellationToken) is not (ModelRow row, CandidateBoard board))
        {
            throw new InputException($"There is no model '{name}', or not for this person.");
        }

        if (query.Data is string asked && board.Data != asked)
        {
            throw new InputException(board.DataSets.Count == 0
                ? "No evidence that measures performance is sealed on any candidate."
                : $"No candidate has evidence on '{asked}'; there is some on {string.Join(", ", board.DataSets)}.");
        }

        Write(context.People, board);
        await context.WriteJsonAsync(CandidatesAnswer.Of(row, board), cancellationToken);
        return 0;
    }

    private static ReadCandidateBoard Reader(RegistryRun registry)
    {
        VersionReaders readers = new(registry);
        TimeProvider clock = registry.Get<TimeProvider>();
        return new ReadCandidateBoard(
            readers.Databases, new ReadModels(readers.Databases), readers.Versions, readers.Findings, new ReadRunRecords(registry.Get<ArtifactStore>()),
            registry.Get<DeploymentQueries>(), new ReadServedLatency(registry.Get<ReadSummaries>(), clock), clock);
    }

    private static IReadOnlyList<string> Metrics(CommandContext context)
    {
        IReadOnlyList<string> asked = DataFile.Names(context.Arguments.GetValue(On));
        return asked.FirstOrDefault(key => BoardMetric.Find(key) is null) is string unknown
            ? throw new InputException($"There is no metric '{unknown}' on the board. There are {string.Join(", ", BoardMetric.All.Select(metric => metric.Key))}.")
            : [.. asked.Distinct(StringComparer.Ordinal)];
    }

    private static double? Positive(CommandContext context, Option<double?> option) => context.Arguments.GetValue(option) is not double value ? null
        : double.IsFinite(value) && value > 0 ? value
        : throw new InputException($"{option.Name} takes a number above 0.");

    private static void Write(TextWriter people, CandidateBoard board)
    {
        people.WriteLine(board.Rows.Count == 0 ? "No candidate: versions that are neither retired nor rejected are candidates." : $"{CandidateWords.Title(board)}.");
        if (board.Rows.Count == 0)
        {
            return;
        }

        if (board.Data is string data)
        {
            people.WriteLine($"Figures of rows are from each candidate's latest evidence on {data}, digest {board.DataDigest![..8]}.");
        }

        BoardMetric[] columns = [.. board.Metrics.Concat(board.Known.Where(metric => metric.Key is CandidateBudget.Latency or CandidateBudget.Size)).Distinct()];
        TextTable.Write(people,
        [
            ["candidate", "stage", .. columns.Select(metric => metric.Title), "place"],
            .. board.Rows.Select(row => (IReadOnlyList<string>)
            [
                row.Candidate.Name + (row.Champion ? " (champion)" : ""), StageSteps.Name(row.Version.Stage),
                .. columns.Select(metric => row.Candidate.Figures.TryGetValue(metric.Key, out CandidateFigure? figure) ? metric.Words(figure) : "-"),
                row.Placed is { } placed ? CandidateWords.Name(placed.Place) : "left out",
            ]),
        ]);
        foreach (BoardRow row in board.Rows)
        {
            if (row.Left is not null || row.Placed is { Place: not FrontPlace.Front })
            {
                people.WriteLine($"  {row.Candidate.Name}: {CandidateWords.Place(row)}");
            }

            if (row.LatencySource is string source)
            {
                people.WriteLine($"  {row.Candidate.Name}: latency from {source}");
            }
        }
    }
}
