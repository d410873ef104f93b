using System.Text.Json;
using Governance.Audit.Answers;
using Governance.Audit.Data;
using Governance.Audit.Serving;
using Governance.Portal.Security;
using Governance.Registry.Tokens;

namespace Governance.Portal.Protocols.OpenInference;

/// <summary>Large requests that were accepted: how far they are, their result, and taking them back. Only whoever asked sees one.</summary>
internal static class JobEndpoints
{
    private const string NoSuchJob = "There is no such job of yours; a result is kept for a day.";

    /// <summary>Maps <c>/v2/jobs/{id}</c>.</summary>
    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder jobs = routes.MapApi(InferenceFault.Prefix).MapGroup("/jobs/{id:guid}").WithTags("Open inference");
        jobs.MapGet("", Describe).RequireScope(TokenScope.Predict, checksModels: true);
        jobs.MapGet("/result", ResultAsync).RequireScope(TokenScope.Predict, checksModels: true);
        jobs.MapDelete("", CancelAsync).RequireScope(TokenScope.Predict, checksModels: true);
    }

    /// <summary>Where a job is looked at.</summary>
    public static string AddressOf(Guid id) => $"{InferenceFault.Prefix}/jobs/{id}";

    internal static IResult Describe(Guid id, HttpContext http, JobBook jobs)
    {
        if (Find(id, http, jobs) is not InferenceJob job)
        {
            return InferenceFault.Of(StatusCodes.Status404NotFound, NoSuchJob);
        }

        if (!job.IsOver)
        {
            http.Response.Headers.RetryAfter = "1";
        }

        return TypedResults.Json(JobAnswer.Of(job));
    }

    internal static async Task<IResult> ResultAsync(Guid id, HttpContext http, JobBook jobs, JobFiles files)
    {
        if (Find(id, http, jobs) is not InferenceJob job)
        {
            return InferenceFault.Of(StatusCodes.Status404NotFound, NoSuchJob);
        }

        if (!job.IsOver)
        {
            http.Response.Headers.RetryAfter = "1";
            return InferenceFault.Of(StatusCodes.Status409Conflict, $"{job.Answered} of {job.Rows} rows are answered; the result is there when all are.");
        }

        if (await files.AnswersAsync(job, http.RequestAborted) is not JobAnswers answers)
        {
            return InferenceFault.Of(StatusCodes.Status409Conflict, job.Reason ?? "No row was answered.");
        }

        try
        {
            InferRequest request = JsonSerializer.Deserialize<JobTicket>(job.Ticket)!.ToRequest();
            InferResponse.Check(request, answers.Outputs);
            IReadOnlyList<AuditWarning> warnings = job.Reason is null ? answers.Warnings : [.. answers.Warnings, new AuditWarning("partial", $"The job ended early. {job.Reason}")];
            return InferEndpoints.Of(http, InferResponse.Write(
                request, job.Model, job.Version, new AnswerOutcome.Answered(answers.Rows, answers.Policy, job.Units, null, warnings) { Outputs = answers.Outputs }));
        }
        catch (InputException fault)
        {
            return InferenceFault.Of(StatusCodes.Status400BadRequest, fault.Message);
        }
    }

    internal static async Task<IResult> CancelAsync(Guid id, HttpContext http, JobBook jobs)
    {
        if (Find(id, http, jobs) is not InferenceJob job)
        {
            return InferenceFault.Of(StatusCodes.Status404NotFound, NoSuchJob);
        }

        await jobs.CancelAsync(job, http.RequestAborted);
        return TypedResults.NoContent();
    }

    private static InferenceJob? Find(Guid id, HttpContext http, JobBook jobs) =>
        jobs.Find(http.User.Id(), id) is InferenceJob job && (!http.User.IsToken() || http.User.MayUse(job.Model)) ? job : null;
}

/// <summary>How far a job is.</summary>
internal sealed record JobAnswer(
    Guid Id, string ModelName, string ModelVersion, string Status, int Rows, int Answered, int Units, string? Reason, DateTimeOffset AskedAt,
    DateTimeOffset ExpiresAt, string Location, string Result)
{
    /// <summary>The view of a job.</summary>
    public static JobAnswer Of(InferenceJob job) => new(
        job.Id, job.Model, $"{job.Version}", JsonNamingPolicy.CamelCase.ConvertName(job.Status.ToString()), job.Rows, job.Answered, job.Units, job.Reason,
        job.AskedAt, job.ExpiresAt, JobEndpoints.AddressOf(job.Id), $"{JobEndpoints.AddressOf(job.Id)}/result");
}
