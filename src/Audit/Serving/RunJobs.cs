using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Registry.Deployments;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Governance.Audit.Serving;

/// <summary>Answers large requests behind a 202, a hundred rows at a time, by the same pipeline as all others.</summary>
/// <remarks>
/// Jobs take turns, so that a small one does not wait for a large one. A job that goes too fast for its principal waits; one that a
/// budget, a rule or a row stops has failed, and what was answered before is its result. State, rows and answers are kept encrypted:
/// after a restart a job goes on where it was, and rows that were paid for are free. Only whoever asked sees a job.
/// </remarks>
public sealed class RunJobs(
    JobBook book, JobFiles files, IServiceScopeFactory scopes, TimeProvider clock, ILogger<RunJobs> log) : BackgroundService
{
    /// <summary>Works until the host ends.</summary>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await book.OpenAsync(stoppingToken);
            while (true)
            {
                await WorkAsync(await book.NextAsync(stoppingToken), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // the host ends; jobs go on when it comes back
        }
    }

    private async Task WorkAsync(JobEntry entry, CancellationToken cancellationToken)
    {
        InferenceJob job = entry.Job;
        try
        {
            if (entry.Rows is null && await files.RowsAsync(job.Id, cancellationToken) is { } rows)
            {
                entry.Rows = rows;
            }

            if (entry.Rows is null)
            {
                await book.SetAsync(job.Id, known => known with { Status = JobStatus.Failed, Reason = "Its rows could not be read any longer." }, cancellationToken);
                return;
            }

            int count = Math.Min(AnswerRequest.MaxRows, job.Rows - job.Answered);
            NamedTensor[] part = [.. entry.Rows.Select(tensor => tensor.Slice(job.Answered, count))];
            await using AsyncServiceScope scope = scopes.CreateAsyncScope();
            AnswerOutcome outcome = await scope.ServiceProvider.GetRequiredService<AnswerRows>().RunAsync(
                new AnswerRequest
                {
                    Principal = job.Owner, Token = job.Token, Model = job.Model, Version = job.Version, Kind = QueryKind.Predict,
                    Rows = form => TensorRows.Read(form, part), Form = job.Form, Deployment = job.Deployment is Guid given ? new DeploymentId(given) : null, RequestId = $"{job.Id}/{job.Answered}",
                },
                cancellationToken);
            await NoteAsync(entry, job, outcome, cancellationToken);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Job {Job} ended by a fault.", job.Id);
            await book.SetAsync(job.Id, known => known with { Status = JobStatus.Failed, Reason = "The portal met a fault of its own." }, cancellationToken);
        }
    }

    private async Task NoteAsync(JobEntry entry, InferenceJob job, AnswerOutcome outcome, CancellationToken cancellationToken)
    {
        switch (outcome)
        {
            case AnswerOutcome.Answered answered:
                await files.KeepAnswersAsync(job.Id, job.Answered, new JobAnswers(answered.Rows, answered.Policy, answered.Outputs, answered.Warnings), cancellationToken);
                int done = job.Answered + answered.Rows.Count;
                await book.SetAsync(job.Id, known => known with
                {
                    Answered = done, Units = known.Units + answered.Units,
                    Status = known.IsOver ? known.Status : done == known.Rows ? JobStatus.Done : JobStatus.Running,
                }, cancellationToken);
                break;
            case AnswerOutcome.Refused { Cause: AnswerRefusal.TooFast or AnswerRefusal.Unavailable, RetryAfter: TimeSpan wait }:
                entry.NotBefore = clock.GetUtcNow() + wait;
                break;
            case AnswerOutcome.Refused refused:
                await book.SetAsync(job.Id, known => known with { Status = JobStatus.Failed, Reason = $"After {known.Answered} rows: {refused.Reason.Sentence}" }, cancellationToken);
                break;
            default:
                await book.SetAsync(job.Id, known => known with { Status = JobStatus.Failed, Reason = "There is no such model or version any longer." }, cancellationToken);
                break;
        }
    }
}
