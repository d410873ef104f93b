using Governance.Portal.Components.Layout;
using Governance.Portal.Components.Parts;
using Governance.Registry.Policies;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Tests.Components;

public sealed class PartsTests
{
    [Fact]
    public async Task The_stepper_says_which_step_is_now()
    {
        StageStep[] steps =
            [new("Draft", "3 Nov", StepState.Done), new("In review", "6 days", StepState.Now), new("Approved", "needs 2", StepState.Ahead)];

        ComponentHost host = await ComponentHost.Create().RenderAsync<StageStepper>(("Steps", steps));

        AngleSharp.Dom.IElement now = Assert.Single(host.AllByRole("listitem"), step => step.GetAttribute("aria-current") == "step");
        Assert.Equal("In review 6 days", Accessible.Words(now));
    }

    [Fact]
    public async Task Tabs_are_links_and_one_of_them_is_here()
    {
        TabLink[] links =
        [
            new("Overview", "/models/m/versions/1/overview", false),
            new("Fairness", "/models/m/versions/1/fairness", true) { Mark = GateVerdict.Breaches, Note = "has a breach" },
        ];

        ComponentHost host = await ComponentHost.Create().RenderAsync<Tabs>(("Label", "Version"), ("Links", links));

        Assert.Equal("page", host.ByRole("link", "Fairness has a breach").GetAttribute("aria-current"));
        Assert.Null(host.ByRole("link", "Overview").GetAttribute("aria-current"));
    }

    [Theory]
    [InlineData("/", "Home")]
    [InlineData("/models", "Models")]
    [InlineData("/models/hmda/versions/1/explain?row=3", "Models")]
    public async Task The_navigation_marks_where_the_page_belongs(string path, string entry)
    {
        ComponentHost host = await ComponentHost.Create(path: path).RenderAsync<SideNavigation>();

        AngleSharp.Dom.IElement here = Assert.Single(host.AllByRole("link"), link => link.GetAttribute("aria-current") == "page");
        Assert.Equal(entry, Accessible.Words(here));
    }

    [Fact]
    public async Task Work_in_progress_says_how_far_it_is()
    {
        ComponentHost host = await ComponentHost.Create()
            .RenderAsync<Busy>(("Message", "Explaining 41,208 rows"), ("Note", "4 min left"), ("Share", 0.61));

        Assert.Equal("0.61", host.ByRole("progressbar").GetAttribute("value"));
        Assert.Equal("Explaining 41,208 rows 4 min left", Accessible.Words(host.ByRole("status")));
    }

    [Fact]
    public async Task An_error_is_read_at_once()
    {
        ComponentHost host = await ComponentHost.Create().RenderAsync<ErrorState>(
            ("Title", "The run stopped"), ("ChildContent", (RenderFragment)(builder => builder.AddContent(0, "Nothing was sealed."))));

        Assert.Equal("The run stopped Nothing was sealed.", Accessible.Words(host.ByRole("alert")));
    }

    [Fact]
    public async Task The_user_menu_shows_name_and_roles_in_words()
    {
        ComponentHost host = await ComponentHost.Create(user: ComponentHost.Person("T. Nakamura", "Reviewer", "SecurityOfficer"))
            .RenderAsync<UserMenu>();

        Assert.Contains("Reviewer, Security officer", host.Text);
        host.ByRole("button", "Sign out");
    }

    [Fact]
    public async Task Nobody_has_no_user_menu()
    {
        ComponentHost host = await ComponentHost.Create().RenderAsync<UserMenu>();

        Assert.Equal("", host.Text);
    }

    [Fact]
    public async Task A_moment_of_a_timeline_names_its_day_and_its_time_in_UTC()
    {
        DateTimeOffset at = new(2026, 3, 12, 15, 4, 0, TimeSpan.FromHours(2));

        ComponentHost host = await ComponentHost.Create().RenderAsync<Timeline>(
            ("Label", "History"), ("Entries", new TimelineEntry[] { new(at, "v14 approved", "38 items") { IsSignature = true } }));

        Assert.Equal("2026-03-12T13:04:00Z", host.Document.QuerySelector("time")!.GetAttribute("datetime"));
        Assert.Contains("v14 approved", host.Text);
    }
}
