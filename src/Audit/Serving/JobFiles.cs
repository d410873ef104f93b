using System.Text.Json;
using System.Text.Json.Serialization;
using Governance.Audit.Answers;
using Governance.Audit.Data;
using Governance.Registry.Artifacts;
using Governance.Registry.Storage;

namespace Governance.Audit.Serving;

/// <summary>Answered rows of a job, in the order of the request.</summary>
/// <param name="Rows">As released.</param>
/// <param name="Policy">What was released to whoever asked.</param>
/// <param name="Outputs">What the version gives out.</param>
/// <param name="Warnings">What a reader must know.</param>
public sealed record JobAnswers(
    IReadOnlyList<AnsweredRow> Rows, Answers.Policy.OutputPolicy Policy, IReadOnlyList<ServedOutput> Outputs, IReadOnlyList<AuditWarning> Warnings);

/// <summary>Jobs on disk, encrypted, below <c>jobs/</c>: state, rows, and one file for each hundred answers.</summary>
public sealed class JobFiles(ArtifactStore store, RegistryOptions options)
{
    private const string Index = "jobs";

    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private readonly SealedFiles files = new(store, Path.Combine(Path.GetFullPath(options.DataFolder), "jobs"), ".job");

    /// <summary>The jobs known when the process ended last.</summary>
    public async Task<IReadOnlyList<InferenceJob>> ReadAsync(CancellationToken cancellationToken)
    {
        Guid[] ids = await FindAsync<Guid[]>(Index, cancellationToken) ?? [];
        List<InferenceJob> jobs = [];
        foreach (Guid id in ids)
        {
            if (await FindAsync<InferenceJob>(State(id), cancellationToken) is InferenceJob job)
            {
                jobs.Add(job);
            }
        }

        return jobs;
    }

    /// <summary>Keeps which jobs there are.</summary>
    public Task KeepIndexAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken) => KeepAsync(Index, ids.ToArray(), cancellationToken);

    /// <summary>Keeps how far a job is.</summary>
    public Task KeepAsync(InferenceJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        return KeepAsync(State(job.Id), job, cancellationToken);
    }

    /// <summary>Keeps a job's rows.</summary>
    public Task KeepRowsAsync(Guid id, IReadOnlyList<NamedTensor> rows, CancellationToken cancellationToken) =>
        KeepAsync($"{id}/rows", rows.Select(KeptTensor.Of).ToArray(), cancellationToken);

    /// <summary>A job's rows; null where they are gone.</summary>
    public async Task<IReadOnlyList<NamedTensor>?> RowsAsync(Guid id, CancellationToken cancellationToken) =>
        await FindAsync<KeptTensor[]>($"{id}/rows", cancellationToken) is { } kept ? [.. kept.Select(tensor => tensor.ToTensor())] : null;

    /// <summary>Keeps the answers from a row on.</summary>
    public Task KeepAnswersAsync(Guid id, int from, JobAnswers answers, CancellationToken cancellationToken) =>
        KeepAsync(Part(id, from), answers, cancellationToken);

    /// <summary>The answers of a job so far; null where there are none.</summary>
    public async Task<JobAnswers?> AnswersAsync(InferenceJob job, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(job);
        List<AnsweredRow> rows = [];
        JobAnswers? last = null;
        while (rows.Count < job.Answered && await FindAsync<JobAnswers>(Part(job.Id, rows.Count), cancellationToken) is { Rows.Count: > 0 } part)
        {
            last = part with { Warnings = [.. last?.Warnings ?? [], .. part.Warnings] };
            rows.AddRange(part.Rows);
        }

        return last is null ? null : last with { Rows = rows, Warnings = [.. last.Warnings.DistinctBy(warning => warning.Message)] };
    }

    /// <summary>Removes everything of a job.</summary>
    public void Remove(InferenceJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        for (int from = 0; from < job.Rows; from += AnswerRequest.MaxRows)
        {
            files.Remove(Part(job.Id, from));
        }

        files.Remove($"{job.Id}/rows");
        files.Remove(State(job.Id));
    }

    private static string State(Guid id) => $"{id}/state";

    private static string Part(Guid id, int from) => $"{id}/answers/{from}";

    private Task KeepAsync<T>(string key, T value, CancellationToken cancellationToken) =>
        files.KeepAsync(key, JsonSerializer.SerializeToUtf8Bytes(value, Json), cancellationToken);

    private async Task<T?> FindAsync<T>(string key, CancellationToken cancellationToken)
        where T : class => await files.FindAsync(key, cancellationToken) is byte[] bytes ? JsonSerializer.Deserialize<T>(bytes, Json) : null;

    private sealed record KeptTensor(string Name, long[] Shape, bool[]? Flags, long[]? Whole, float[]? Singles, double[]? Doubles, string[]? Texts)
    {
        public static KeptTensor Of(NamedTensor tensor) => new(
            tensor.Name, [.. tensor.Shape], tensor.Values as bool[], tensor.Values as long[], tensor.Values as float[], tensor.Values as double[],
            tensor.Values as string[]);

        public NamedTensor ToTensor() => new(Name, Shape, (Array?)Flags ?? (Array?)Whole ?? (Array?)Singles ?? (Array?)Doubles ?? Texts!);
    }
}
