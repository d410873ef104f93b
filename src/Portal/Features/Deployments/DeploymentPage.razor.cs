using System.ComponentModel.DataAnnotations;
using Governance.Audit.Data;
using Governance.Audit.Findings;
using Governance.Audit.Traffic;
using Governance.Portal.Features.Traffic;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Deployments;
using Governance.Registry.Traffic;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Deployments;

/// <summary>One deployment: how it stands, what came in, and what an operator does with it.</summary>
public sealed partial class DeploymentPage
{
    private DeploymentView? view;
    private VolumeLine? volume;
    private long labels;
    private long lost;
    private IReadOnlyList<TrafficErasure> erasures = [];
    private DateTimeOffset now;
    private bool mayAudit;
    private bool mayOperate;
    private bool mayEnd;
    private string? refusal;
    private string? done;

    /// <summary>Which deployment.</summary>
    [Parameter]
    public Guid Id { get; set; }

    [SupplyParameterFromForm(FormName = "send-traffic")]
    private SendForm? Send { get; set; }

    [SupplyParameterFromForm(FormName = "erase-traffic")]
    private EraseForm? Erase { get; set; }

    [SupplyParameterFromForm(FormName = "end-deployment")]
    private EndForm? End { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private DeploymentQueries Deployments { get; set; } = default!;

    [Inject]
    private TrafficQueries Traffic { get; set; } = default!;

    [Inject]
    private IngestFile Ingest { get; set; } = default!;

    [Inject]
    private EraseTrafficRows Erasing { get; set; } = default!;

    [Inject]
    private EndDeployment Ending { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    protected override async Task OnInitializedAsync()
    {
        Send ??= new SendForm();
        Erase ??= new EraseForm();
        End ??= new EndForm();
        if (await Deployments.FindAsync(Http.User.Id(), new DeploymentId(Id), Http.RequestAborted) is not (DeploymentView found, Standing standing))
        {
            Navigation.NotFound();
            return;
        }

        now = Clock.GetUtcNow();
        mayAudit = standing.RefusalFor(Right.RunAudit) is null;
        mayOperate = standing.RefusalFor(Right.Operate) is null;
        mayEnd = standing.RefusalFor(Right.Suspend) is null;
        await CountAsync(found);
    }

    private async Task CountAsync(DeploymentView found)
    {
        DateOnly today = DateOnly.FromDateTime(now.UtcDateTime);
        DeploymentId[] own = [found.Deployment.Id];
        volume = VolumeLine.Of([found], await Traffic.VolumeAsync(own, TrafficKind.Rows, VolumeLine.First(today), Http.RequestAborted), today)[0];
        labels = (await Traffic.VolumeAsync(own, TrafficKind.Labels, VolumeLine.First(today), Http.RequestAborted)).Sum(day => day.Rows);
        lost = await Traffic.LostAsync(found.Deployment.Id, Http.RequestAborted);
        erasures = await Traffic.ErasuresAsync(found.Deployment.Id, Http.RequestAborted);
        view = found;
    }

    private Task SendAsync() => TryAsync(async () =>
    {
        if (!mayOperate)
        {
            throw new InputException(RightsRefusals.For(Right.Operate).Sentence);
        }

        if (Send!.File is not { Length: > 0 and <= IngestLimit.MostBody } file)
        {
            throw new InputException($"Choose a file of at most {IngestLimit.MostBody >> 20} MiB.");
        }

        byte[] bytes = new byte[file.Length];
        await using (Stream stream = file.OpenReadStream())
        {
            await stream.ReadExactlyAsync(bytes, Http.RequestAborted);
        }

        DeploymentId id = view!.Deployment.Id;
        done = Send.What == "labels"
            ? TrafficWords.Of(await Ingest.LabelsAsync(id, bytes, new TrafficNames(), null, Http.RequestAborted), "labels")
            : TrafficWords.Of(await Ingest.RowsAsync(id, bytes, new TrafficNames(), null, Http.RequestAborted), "rows");
    });

    private Task EraseAsync() => TryAsync(async () =>
    {
        string[] ids = Erase!.Ids.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        ErasedTraffic erased = await Erasing.RunAsync(Http.User.Actor(), view!.Deployment.Id, ids, Erase.Reason, Http.RequestAborted);
        done = erased is { Rows: 0, Labels: 0 } ? "There are no rows or labels of these ids."
            : $"{PlainNumbers.Count(erased.Rows)} rows and {PlainNumbers.Count(erased.Labels)} labels were erased.";
    });

    private Task EndAsync() => TryAsync(async () =>
    {
        switch (await Ending.RunAsync(Http.User.Actor(), view!.Deployment.Id, End!.Reason, Http.RequestAborted))
        {
            case DeploymentOutcome.Ended:
                Navigation.NavigateTo($"/deployments/{Id}");
                break;
            case DeploymentOutcome.Refused { Reason.Sentence: var sentence }:
                throw new InputException(sentence);
            default:
                Navigation.NotFound();
                break;
        }
    });

    private async Task TryAsync(Func<Task> act)
    {
        try
        {
            await act();
            await CountAsync(view!);
        }
        catch (InputException fault)
        {
            refusal = fault.Message;
        }
    }

    private sealed class SendForm
    {
        public IFormFile? File { get; set; }

        public string? What { get; set; }
    }

    private sealed class EraseForm
    {
        [Required(ErrorMessage = "Name the rows by their ids.")]
        public string Ids { get; set; } = "";

        public string? Reason { get; set; }
    }

    private sealed class EndForm
    {
        public string? Reason { get; set; }
    }
}
