using System.ComponentModel.DataAnnotations;
using Governance.Portal.Security;
using Governance.Registry.Access;
using Governance.Registry.ServiceAccounts;
using Governance.Registry.Tokens;
using Microsoft.AspNetCore.Components;

namespace Governance.Portal.Features.ServiceAccounts;

/// <summary>Accounts of programs, for administrators.</summary>
public sealed partial class ServiceAccountsPage
{
    private IReadOnlyList<ServiceAccountView> services = [];
    private IReadOnlyList<(Guid Id, string Name)> people = [];
    private string? refusal;

    [SupplyParameterFromForm(FormName = "service")]
    private ServiceForm? Form { get; set; }

    [CascadingParameter]
    private HttpContext Http { get; set; } = default!;

    [Inject]
    private ServiceAccountQueries Queries { get; set; } = default!;

    [Inject]
    private TokenQueries Accounts { get; set; } = default!;

    [Inject]
    private AddServiceAccount Add { get; set; } = default!;

    [Inject]
    private ChangeAccount Change { get; set; } = default!;

    // A button says it all; a form needs a model.
    private object Button { get; } = new();

    private string Title => services.Count(service => !service.Deactivated) switch
    {
        0 => "None is active",
        1 => "One is active",
        int count => $"{count} are active",
    };

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Form ??= new ServiceForm { Consumer = true };
        UserId me = Http.User.Id();
        people = [.. (await Accounts.AccountsAsync(Http.RequestAborted))
            .Where(account => account.Kind == AccountKind.Person && account.Id != me).Select(account => (account.Id.Value, account.Name))];
        await LoadAsync();
    }

    private async Task LoadAsync() => services = await Queries.AllAsync(Http.RequestAborted);

    private async Task AddAsync()
    {
        HashSet<Role> roles = [];
        if (Form!.Consumer)
        {
            roles.Add(Role.Consumer);
        }

        if (Form.Operator)
        {
            roles.Add(Role.Operator);
        }

        AddUserOutcome outcome = await Add.RunAsync(
            Http.User.Actor(), new NewServiceAccount(Form.Name, Form.DisplayName, new UserId(Form.Owner!.Value), roles), Http.RequestAborted);
        if (outcome is AddUserOutcome.Refused { Reason.Sentence: var sentence })
        {
            refusal = sentence;
            return;
        }

        Form = new ServiceForm { Consumer = true };
        await LoadAsync();
    }

    private async Task TurnAsync(ServiceAccountView service)
    {
        ChangeAccountOutcome outcome = await Change.RunAsync(
            Http.User.Actor(), service.Id, service.Roles, !service.Deactivated, Http.RequestAborted);
        refusal = outcome is ChangeAccountOutcome.Refused { Reason.Sentence: var sentence } ? sentence : null;
        await LoadAsync();
    }

    private sealed class ServiceForm
    {
        [Required(ErrorMessage = "Give it a name."), StringLength(100, ErrorMessage = "A name has at most 100 characters.")]
        public string Name { get; set; } = "";

        [Required(ErrorMessage = "Say what pages call it."), StringLength(100, ErrorMessage = "At most 100 characters.")]
        public string DisplayName { get; set; } = "";

        [Required(ErrorMessage = "Choose who answers for it.")]
        public Guid? Owner { get; set; }

        public bool Consumer { get; set; }

        public bool Operator { get; set; }
    }
}
