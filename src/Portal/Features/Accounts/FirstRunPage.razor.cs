using System.ComponentModel.DataAnnotations;
using System.Diagnostics;
using Governance.Registry.Access;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.Accounts;

/// <summary>Makes the first administrator for whoever holds the token of the console; gone as soon as there is an account.</summary>
public sealed partial class FirstRunPage
{
    private bool open;
    private string? refusal;

    [SupplyParameterFromForm]
    private FirstRunForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private FirstRun FirstRun { get; set; } = default!;

    [Inject]
    private AddUser AddUser { get; set; } = default!;

    [Inject]
    private SignInSlowDown SlowDown { get; set; } = default!;

    [Inject]
    private NavigationManager Navigation { get; set; } = default!;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Form ??= new FirstRunForm();
        open = await FirstRun.TokenAsync(Http.RequestAborted) is not null;
        if (!open)
        {
            Navigation.NotFound();
        }
    }

    private async Task AddAsync()
    {
        if (SlowDown.Take(Http.Connection.RemoteIpAddress) is TimeSpan wait)
        {
            OpenSessionOutcome.TooMany tooMany = new(wait);
            refusal = tooMany.Sentence("");
            TooManyRequests.Answer(Http, tooMany);
            return;
        }

        if (!FirstRun.Fits(Form!.Token))
        {
            refusal = "This is not the token that the program printed at its last start.";
            return;
        }

        SlowDown.GiveBack(Http.Connection.RemoteIpAddress);
        if (Form.Password != Form.Again)
        {
            refusal = "The two passwords differ.";
            return;
        }

        NewUser user = new(Form.Name, Form.DisplayName, Form.Password, new HashSet<Role> { Role.Administrator });
        switch (await AddUser.FirstAsync(user, Http.RequestAborted))
        {
            case AddUserOutcome.Added:
                Navigation.NavigateTo($"{AccountEndpoints.SignInPath}?set=true");
                break;
            case AddUserOutcome.Refused { Reason.Sentence: var sentence }:
                refusal = sentence;
                break;
            default:
                throw new UnreachableException();
        }
    }

    private sealed class FirstRunForm
    {
        [Required(ErrorMessage = "Enter the token.")]
        public string Token { get; set; } = "";

        [Required(ErrorMessage = "Choose a user name."), StringLength(100, ErrorMessage = "A user name has at most 100 characters.")]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Say your name."), StringLength(GovernanceUser.MaxDisplayNameLength, ErrorMessage = "A name has at most 100 characters.")]
        public string DisplayName { get; set; } = "";

        public string Password { get; set; } = "";

        public string Again { get; set; } = "";
    }
}
