using Governance.Audit.Data;
using Governance.Audit.WhatIf;
using Governance.Portal.Features.Answers;
using Governance.Portal.Features.Datasets;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Datasets;
using Governance.Registry.Privacy;
using Governance.Registry.Tokens;
using Governance.Registry.WhatIf;
using Microsoft.AspNetCore.Mvc;

namespace Governance.Portal.Features.WhatIf;

/// <summary>Which known row a session is about.</summary>
/// <param name="Dataset">The data set's name.</param>
/// <param name="Row">From 0.</param>
internal sealed record WhatIfBody(string Dataset, int Row);

/// <summary>What a row shall be instead.</summary>
/// <param name="Cells">All cells that shall differ from the known row, as text by column.</param>
internal sealed record WhatIfEditBody(IReadOnlyDictionary<string, string> Cells);

/// <summary>A session over HTTP.</summary>
/// <param name="Schema">The form's name and number.</param>
/// <param name="Session">Its id.</param>
/// <param name="Dataset">The data set's name.</param>
/// <param name="Row">The row, from 0.</param>
/// <param name="Columns">Its cells, with what they may be; masked ones without.</param>
/// <param name="Original">What is answered about the row as it is.</param>
/// <param name="Edits">All edits.</param>
/// <param name="Left">Edits that are left.</param>
internal sealed record WhatIfView(
    string Schema, Guid Session, string Dataset, int Row, IReadOnlyList<EditableColumn> Columns, WhatIfAnswer Original,
    IReadOnlyList<WhatIfStep> Edits, int Left);

/// <summary>What-if sessions for programs: begin on a known row, edit, take back.</summary>
internal static class WhatIfEndpoints
{
    private const string Schema = "governance/what-if/1";

    /// <summary>Maps <c>/api/v1/models/{model}/versions/{version}/what-if</c>.</summary>
    public static void MapWhatIf(this IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapApi().MapGroup("/models/{model}/versions/{version:int}/what-if").WithTags("What-if").RequireScope(TokenScope.Explain);
        group.MapPost("/", BeginAsync).WithName("BeginWhatIf").Produces<WhatIfView>();
        group.MapGet("/{session:guid}", (string model, [FromRoute(Name = "version")] int number, Guid session, HttpContext http, ReadVersion versions, WhatIfRun run) =>
            AnswerAsync(model, number, http, versions, view => run.FindAsync(view, new WhatIfSessionId(session), ReadPurpose.Api, http.RequestAborted)))
            .WithName("ReadWhatIf").Produces<WhatIfView>();
        group.MapPost("/{session:guid}/edits", (string model, [FromRoute(Name = "version")] int number, Guid session, WhatIfEditBody body, HttpContext http, ReadVersion versions, WhatIfRun run) =>
            AnswerAsync(model, number, http, versions, view => run.EditAsync(view, new WhatIfSessionId(session), body.Cells, ReadPurpose.Api, http.RequestAborted)))
            .WithName("EditWhatIf").Produces<WhatIfView>();
        group.MapPost("/{session:guid}/undo", (string model, [FromRoute(Name = "version")] int number, Guid session, HttpContext http, ReadVersion versions, WhatIfRun run) =>
            AnswerAsync(model, number, http, versions, view => run.UndoAsync(view, new WhatIfSessionId(session), ReadPurpose.Api, http.RequestAborted)))
            .WithName("UndoWhatIf").Produces<WhatIfView>();
    }

    internal static Task<IResult> BeginAsync(
        string model, [FromRoute(Name = "version")] int number, WhatIfBody body, HttpContext http, ReadVersion versions, ReadDatasets datasets, WhatIfRun run) =>
        AnswerAsync(model, number, http, versions, async view =>
        {
            (_, IReadOnlyList<Dataset> all) = await datasets.ListAsync(http.User, http.RequestAborted);
            return all.FirstOrDefault(dataset => dataset.Name == body.Dataset) is Dataset known
                ? await run.BeginAsync(view, known, body.Row, ReadPurpose.Api, http.RequestAborted)
                : throw new InputException($"There is no data set '{body.Dataset}'.");
        });

    private static async Task<IResult> AnswerAsync(
        string model, int number, HttpContext http, ReadVersion versions, Func<VersionView, Task<WhatIfOutcome>> step)
    {
        if (await versions.FindAsync(model, number, http.User, http.RequestAborted) is not VersionView view)
        {
            return Problems.NotFound("There is no such model or version.");
        }

        if (!view.Viewer.SeeRows)
        {
            return Problems.Of(Registry.Access.RightsRefusals.For(Registry.Access.Right.ExplainRow));
        }

        try
        {
            return await step(view) switch
            {
                WhatIfOutcome.Shown { State: var state } => TypedResults.Ok(new WhatIfView(
                    Schema, state.Session.Id.Value, state.Row.Dataset.Name, state.Session.Row, state.Row.Row.Columns, state.Original, state.Edits, state.Left)),
                WhatIfOutcome.Refused { Answer: { } refused } => AnswerEndpoints.Refuse(http, refused),
                WhatIfOutcome.Refused { Reason: var reason } => Problems.Of(StatusCodes.Status429TooManyRequests, reason.Code, reason.Sentence),
                _ => Problems.NotFound("There is no such session, or it is over."),
            };
        }
        catch (InputException fault)
        {
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, "bad-input", fault.Message);
        }
    }
}
