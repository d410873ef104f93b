using System.Diagnostics;
using System.Text.Json;
using Governance.Audit.Answers;
using Governance.Audit.Answers.Policy;
using Governance.Audit.Data;
using Governance.Audit.Serving;
using Governance.Portal.Features.Answers;
using Governance.Portal.Security;
using Governance.Registry.Access;

namespace Governance.Portal.Protocols.OpenInference;

/// <summary>Answers a request of the protocol: at once, or as a job where it is large or the client wants it so.</summary>
internal sealed class AnswerInference(AnswerRows answers, JobBook jobs, TimeProvider clock)
{
    /// <summary>Answers.</summary>
    /// <param name="http">Who asks.</param>
    /// <param name="target">Of which version.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="later">Whether the client would rather be answered later.</param>
    public async Task<IResult> RunAsync(HttpContext http, InferTarget target, InferRequest request, bool later)
    {
        if (later || request.Rows > AnswerRequest.MaxRows)
        {
            return await QueueAsync(http, target, request);
        }

        return Of(http, target.Model, target.Version, request, await answers.RunAsync(
            Asked(http, target.Model, target.Version) with
            {
                Deployment = target.Deployment,
                Rows = form =>
                {
                    InferResponse.Check(request, form.Outputs);
                    return TensorRows.Read(form, request.Inputs);
                },
                Form = request.Form,
                RequestId = request.Id,
            },
            http.RequestAborted));
    }

    /// <summary>Says why a body is no request, to whoever might have asked; to others what they hear anyhow.</summary>
    public async Task<IResult> RefuseAsync(HttpContext http, string model, int version, InputException fault) =>
        Of(http, model, version, null, await answers.RunAsync(Asked(http, model, version) with { Rows = _ => throw fault }, http.RequestAborted));

    private static AnswerRequest Asked(HttpContext http, string model, int version) => new()
    {
        Principal = http.User.Id(), Token = InferEndpoints.TokenOf(http.User), Model = model, Version = version, Kind = QueryKind.Predict,
        Rows = _ => throw new UnreachableException(),
    };

    private static IResult Of(HttpContext http, string model, int version, InferRequest? request, AnswerOutcome outcome)
    {
        switch (outcome)
        {
            case AnswerOutcome.Answered answered:
                AnswerEndpoints.Tell(http, null, answered.Remaining);
                return InferEndpoints.Of(http, InferResponse.Write(request!, model, version, answered));
            case AnswerOutcome.Refused refused:
                return InferenceFault.Of(http, refused);
            default:
                return InferenceFault.Of(StatusCodes.Status404NotFound, InferenceFault.NoSuchVersion);
        }
    }

    private async Task<IResult> QueueAsync(HttpContext http, InferTarget target, InferRequest request)
    {
        if (request.Rows is 0 or > JobBook.MaxRows)
        {
            return InferenceFault.Of(StatusCodes.Status400BadRequest, $"A request has 1 to {JobBook.MaxRows} rows; this one has {request.Rows}.");
        }

        if (request.Inputs.FirstOrDefault(tensor => tensor.Rows != request.Rows) is NamedTensor other)
        {
            return InferenceFault.Of(StatusCodes.Status400BadRequest, $"The input '{other.Name}' has {other.Rows} rows, '{request.Inputs[0].Name}' has {request.Rows}.");
        }

        DateTimeOffset now = clock.GetUtcNow();
        InferenceJob job = new()
        {
            Id = Guid.CreateVersion7(), Principal = http.User.Id().Value, Token = InferEndpoints.TokenOf(http.User), Model = target.Model, Version = target.Version,
            Deployment = target.Deployment?.Value, Form = request.Form, Rows = request.Rows, AskedAt = now, ExpiresAt = now + JobBook.Life,
            Ticket = JsonSerializer.Serialize(new JobTicket(request.Id, request.Outputs, request.BinaryOutput)),
        };
        if (await jobs.AddAsync(job, request.Inputs, http.RequestAborted) is Refusal refusal)
        {
            return InferenceFault.Of(StatusCodes.Status429TooManyRequests, refusal.Sentence);
        }

        http.Response.Headers["Preference-Applied"] = "respond-async";
        return TypedResults.Accepted(JobEndpoints.AddressOf(job.Id), JobAnswer.Of(job));
    }
}

/// <summary>What is needed to write a job's answer.</summary>
/// <param name="Id">The client's, given back.</param>
/// <param name="Outputs">Those wanted; empty for all.</param>
/// <param name="BinaryOutput">Whether outputs come as bytes unless they say otherwise.</param>
internal sealed record JobTicket(string? Id, IReadOnlyList<WantedOutput> Outputs, bool BinaryOutput)
{
    /// <summary>The request, without its rows.</summary>
    public InferRequest ToRequest() => new(Id, [], Outputs, BinaryOutput, null, null);
}
