using AuditIntel.DevStack.Protocol;
using AuditIntel.DevStack.Protocol.Messages;

namespace AuditIntel.DevStack.Api;

/// <summary>There are no access rules on this broker; every client may do everything.</summary>
internal sealed class DescribeAclsApi() : ApiHandler<DescribeAclsRequest, DescribeAclsResponse>(ApiKey.DescribeAcls, 0, 3)
{
    protected override ValueTask<DescribeAclsResponse?> HandleAsync(
        DescribeAclsRequest request, RequestContext context, CancellationToken cancellationToken)
    {
        return new(new DescribeAclsResponse
        {
            ErrorCode = (short)ErrorCode.SecurityDisabled,
            ErrorMessage = "This broker has no access control.",
        });
    }
}
