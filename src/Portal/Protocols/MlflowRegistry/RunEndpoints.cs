using System.Globalization;
using Governance.Audit.Data;
using Governance.Portal.Features.Uploads;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Uploads;

namespace Governance.Portal.Protocols.MlflowRegistry;

/// <summary>
/// As much of runs as clients need to log a model: one experiment, and runs that are folders for files on their way. They are
/// kept as long as the files. Metrics and parameters are refused: what a model measures comes from audits here.
/// </summary>
internal static class RunEndpoints
{
    private const string Experiment = "0";
    private const string ExperimentName = "Default";

    private static readonly ExperimentAnswer TheExperiment =
        new(new ExperimentMessage(Experiment, ExperimentName, $"{ProxyPath.Scheme}:/runs", "active"));

    internal static async Task<IResult> ExperimentByNameAsync(HttpContext http) =>
        ExperimentOf((await MlflowRequest.ReadAsync(http)).Need("experiment_name"), ExperimentName);

    internal static async Task<IResult> ExperimentAsync(HttpContext http) => ExperimentOf((await MlflowRequest.ReadAsync(http)).Need("experiment_id"), Experiment);

    internal static IResult RefuseExperiment() =>
        MlflowFault.Of(MlflowFault.Disabled, $"This portal has one experiment, '{ExperimentName}' with the id {Experiment}: a run is a folder for files on their way to a version.");

    internal static async Task<IResult> CreateAsync(HttpContext http, TakeUpload take, StagedUploads uploads, TimeProvider clock)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        if ((request.Text("experiment_id") ?? Experiment) != Experiment)
        {
            return ExperimentOf(request.Text("experiment_id")!, Experiment);
        }

        long start = Number(request, "start_time") ?? MlflowJson.Milliseconds(clock.GetUtcNow());
        string id = Guid.CreateVersion7(clock.GetUtcNow()).ToString("n");
        RunFolder run = new RunFolder(id, Short(request.Text("run_name")) ?? $"run-{id[^8..]}", "RUNNING", start, null, new Dictionary<string, string>())
            .With(request.Tags().Select(tag => KeyValuePair.Create(tag.Key, tag.Value)));
        return await run.KeepAsync(take, uploads, http.User.Actor(), http.RequestAborted) is Refusal refusal
            ? MlflowFault.Of(refusal)
            : MlflowJson.Answer(new RunAnswer(RunMessage.Of(run, http)));
    }

    internal static async Task<IResult> GetAsync(HttpContext http, StagedUploads uploads)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        (RunFolder? run, IResult? fault) = await FindAsync(http, request, uploads);
        return fault ?? MlflowJson.Answer(new RunAnswer(RunMessage.Of(run!, http)));
    }

    internal static async Task<IResult> UpdateAsync(HttpContext http, TakeUpload take, StagedUploads uploads)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        (RunFolder? run, IResult? fault) = await FindAsync(http, request, uploads);
        if (fault is not null)
        {
            return fault;
        }

        RunFolder changed = run! with
        {
            Name = Short(request.Text("run_name")) ?? run.Name, Status = StatusOf(request) ?? run.Status, EndTime = Number(request, "end_time") ?? run.EndTime,
        };
        return await changed.KeepAsync(take, uploads, http.User.Actor(), http.RequestAborted) is Refusal refusal
            ? MlflowFault.Of(refusal)
            : MlflowJson.Answer(new RunInfoAnswer(RunMessage.Of(changed, http).Info));
    }

    internal static async Task<IResult> SetTagAsync(HttpContext http, TakeUpload take, StagedUploads uploads)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        return await TagAsync(http, request, [KeyValuePair.Create(request.Need("key"), request.Value("value") ?? "")], take, uploads);
    }

    internal static async Task<IResult> LogBatchAsync(HttpContext http, TakeUpload take, StagedUploads uploads)
    {
        MlflowRequest request = await MlflowRequest.ReadAsync(http);
        return request.Count("metrics") + request.Count("params") > 0
            ? RefuseMeasures()
            : await TagAsync(http, request, request.Tags().Select(tag => KeyValuePair.Create(tag.Key, tag.Value)), take, uploads);
    }

    internal static IResult RefuseMeasures() => MlflowFault.Of(
        MlflowFault.Disabled, "This portal keeps no metrics, parameters or inputs of runs: what a version measures is sealed by audits of it. Log the model's files only.");

    private static async Task<IResult> TagAsync(
        HttpContext http, MlflowRequest request, IEnumerable<KeyValuePair<string, string>> tags, TakeUpload take, StagedUploads uploads)
    {
        (RunFolder? run, IResult? fault) = await FindAsync(http, request, uploads);
        return fault ?? (await run!.With(tags).KeepAsync(take, uploads, http.User.Actor(), http.RequestAborted) is Refusal refusal
            ? MlflowFault.Of(refusal)
            : MlflowJson.Done);
    }

    private static async Task<(RunFolder? Run, IResult? Fault)> FindAsync(HttpContext http, MlflowRequest request, StagedUploads uploads)
    {
        string id = request.Text("run_id") ?? request.Need("run_uuid");
        return await RunFolder.FindAsync(uploads, http.User.Id(), id, http.RequestAborted) is RunFolder run
            ? (run, null)
            : (null, MlflowFault.Of(MlflowFault.NotThere, $"There is no run '{(id.Length > 64 ? id[..64] : id)}' of yours; a run is kept for a day after its last file."));
    }

    private static IResult ExperimentOf(string wanted, string known) => wanted == known
        ? MlflowJson.Answer(TheExperiment)
        : MlflowFault.Of(MlflowFault.NotThere, $"There is no experiment '{wanted}' here: there is one, '{ExperimentName}' with the id {Experiment}.");

    private static string? StatusOf(MlflowRequest request) => request.Text("status") is not string status ? null
        : status is "RUNNING" or "SCHEDULED" or "FINISHED" or "FAILED" or "KILLED" ? status
        : throw new InputException($"'{status}' is no status of a run.");

    private static long? Number(MlflowRequest request, string name) => request.Text(name) is not string text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number
        : throw new InputException($"The parameter '{name}' is '{text}', which is no number of milliseconds.");

    private static string? Short(string? name) => name?.Length > 250 ? throw new InputException("A run's name has at most 250 characters.") : name;
}

/// <summary>An answer with an experiment.</summary>
internal sealed record ExperimentAnswer(ExperimentMessage Experiment);

/// <summary>An experiment.</summary>
internal sealed record ExperimentMessage(string ExperimentId, string Name, string ArtifactLocation, string LifecycleStage);

/// <summary>An answer with a run.</summary>
internal sealed record RunAnswer(RunMessage Run);

/// <summary>An answer with what is known of a run beside its tags.</summary>
internal sealed record RunInfoAnswer(RunInfoMessage RunInfo);

/// <summary>A run's tags.</summary>
internal sealed record RunDataMessage(IReadOnlyList<TagMessage>? Tags);

/// <summary>What is known of a run.</summary>
internal sealed record RunInfoMessage(
    string RunUuid, string RunId, string RunName, string ExperimentId, string UserId, string Status, long StartTime, long? EndTime,
    string ArtifactUri, string LifecycleStage);

/// <summary>A run.</summary>
internal sealed record RunMessage(RunInfoMessage Info, RunDataMessage Data)
{
    /// <summary>The message of a run of the caller's.</summary>
    public static RunMessage Of(RunFolder run, HttpContext http) => new(
        new RunInfoMessage(
            run.Id, run.Id, run.Name, "0", http.User.Identity?.Name ?? "", run.Status, run.StartTime, run.EndTime,
            $"{ProxyPath.Scheme}:/{RunFolder.Files(run.Id)}", "active"),
        new RunDataMessage(TagMessage.Of(run.Tags)));
}
