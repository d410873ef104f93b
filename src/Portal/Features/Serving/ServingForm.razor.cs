using System.Diagnostics;
using Governance.Audit.Findings;
using Governance.Portal.Features.Versions;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.Serving;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Serving;

/// <summary>Shows how a version is served and changes it: operators choose, and the ledger keeps why.</summary>
public sealed partial class ServingForm
{
    private string? refusal;

    /// <summary>The version.</summary>
    [Parameter, EditorRequired]
    public VersionView View { get; set; } = default!;

    /// <summary>How it is served now.</summary>
    [Parameter, EditorRequired]
    public ServingSettings Now { get; set; } = default!;

    [SupplyParameterFromForm(FormName = "serving")]
    private ServingWish? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ChooseServing Choose { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    // Who sees the form; the use case has the last word.
    private bool May => AccessPolicy.Decide(View.Person.Roles, Right.Operate, View.Relation).Allowed;

    private string Sentence =>
        $"Up to {PlainNumbers.Count(Now.BatchRows)} rows a run, each waiting at most {Now.DelayMilliseconds} ms for others; "
        + $"{PlainNumbers.Count(Now.QueueRows)} rows may wait; a run ends after {PlainNumbers.Count(Now.LimitMilliseconds)} ms; "
        + $"answers are remembered for {PlainNumbers.Count(Now.CacheSeconds)} s in {Now.CacheMegabytes} MiB; "
        + $"{PlainNumbers.Count(Now.RowsPerMinute)} rows a minute for each person or program; {(Now.Provider switch { "cuda" => "on CUDA", "auto" => "on CUDA where it can be used", _ => "on the CPU" })}. Operators of the model set this; each change is in the ledger with its reason.";

    protected override void OnInitialized() => Form ??= ServingWish.Of(Now);

    private async Task ChangeAsync()
    {
        switch (await Choose.RunAsync(Http.User.Actor(), View.Model.Name, View.Version.Number, Form!.ToSettings(), Form.Reason, Http.RequestAborted))
        {
            case ServingOutcome.Changed:
                Navigation.NavigateTo($"{View.Address("serving")}#settings");
                break;
            case ServingOutcome.Refused { Reason: var reason }:
                refusal = reason.Sentence;
                break;
            case ServingOutcome.NoSuchVersion:
                Navigation.NotFound();
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class ServingWish
    {
        public int BatchRows { get; set; }

        public int DelayMilliseconds { get; set; }

        public int QueueRows { get; set; }

        public int LimitMilliseconds { get; set; }

        public int CacheSeconds { get; set; }

        public int CacheMegabytes { get; set; }

        public int RowsPerMinute { get; set; }

        public string Provider { get; set; } = "cpu";

        public string? Reason { get; set; }

        public static ServingWish Of(ServingSettings settings) => new()
        {
            BatchRows = settings.BatchRows, DelayMilliseconds = settings.DelayMilliseconds, QueueRows = settings.QueueRows,
            LimitMilliseconds = settings.LimitMilliseconds, CacheSeconds = settings.CacheSeconds, CacheMegabytes = settings.CacheMegabytes,
            RowsPerMinute = settings.RowsPerMinute, Provider = settings.Provider,
        };

        public ServingSettings ToSettings() => new()
        {
            BatchRows = BatchRows, DelayMilliseconds = DelayMilliseconds, QueueRows = QueueRows, LimitMilliseconds = LimitMilliseconds,
            CacheSeconds = CacheSeconds, CacheMegabytes = CacheMegabytes, RowsPerMinute = RowsPerMinute, Provider = Provider,
        };
    }
}
