using Governance.Portal.CommandLine;
using Governance.Portal.Features.Models;
using Governance.Portal.Security;

CoreDumps.Forbid();
if (args is [QuarantineCommand.Name])
{
    return await QuarantineCommand.RunAsync();
}

using CancellationTokenSource stop = new();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

return await GovernanceCommand.RunAsync(args, Console.Out, Console.Error, stop.Token);
